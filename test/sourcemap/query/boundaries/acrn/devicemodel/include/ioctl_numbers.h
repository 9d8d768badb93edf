#define _DEMO(x, y) (((x) << 24) | (y))
#define DEMO_IOCTL_ATTACH _IO(0xA2, 0x33)
#define DEMO_IOCTL_FINISH _IOW(0xA2, 0x34, int)
#define DEMO_IOCTL_UNKNOWN _IO(0xA2, 0x77)
