"""What leaves the instance: an outbox written with the facts, emptied later by any number of workers."""
