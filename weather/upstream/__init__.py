"""The only outbound HTTP: deadline, size cap, quota, circuit breaker and concurrency limit."""
