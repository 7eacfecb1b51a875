// Clusters of processes side by side would starve one another, and what they report of time would mean nothing.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
