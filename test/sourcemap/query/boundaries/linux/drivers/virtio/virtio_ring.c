int virtio_ring;
