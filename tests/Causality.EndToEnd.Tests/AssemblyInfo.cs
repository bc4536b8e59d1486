// Ten processes and two servers are enough for a small machine at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
