struct hv_timer {
	void (*func)(void *data);
	void *priv_data;
};

static struct hv_timer tick;

static void on_tick(void *data) /*= by timer start_tick, by fptr_call run_timer */
{
}

void initialize_timer(struct hv_timer *timer, void (*func)(void *), void *data) /*= by direct_call setup_tick */
{
	timer->func = func;
	timer->priv_data = data;
}

int add_timer(struct hv_timer *timer) /*= by direct_call start_tick */
{
	return 0;
}

void setup_tick(void)
{
	initialize_timer(&tick, on_tick, NULL);
}

void start_tick(void)
{
	add_timer(&tick);
}

void run_timer(struct hv_timer *timer)
{
	timer->func(timer->priv_data);
}
