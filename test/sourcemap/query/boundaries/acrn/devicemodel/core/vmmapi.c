#include <sys/ioctl.h>
#include "ioctl_numbers.h"

/* attach_client waits in the kernel; a number that no handler has is counted, not guessed. */
int attach_client(int fd)
{
	return ioctl(fd, DEMO_IOCTL_ATTACH, 0);
}

int finish_request(int fd, int vcpu)
{
	return ioctl(fd, DEMO_IOCTL_FINISH, vcpu);
}

int ask_unknown(int fd)
{
	return ioctl(fd, DEMO_IOCTL_UNKNOWN, 0);
}
