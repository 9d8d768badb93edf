struct file_operations {
	long (*unlocked_ioctl)(struct file *filp, unsigned int cmd, unsigned long arg);
};

struct file {
	const struct file_operations *f_op;
};
