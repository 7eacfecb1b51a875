namespace CustomerService.Grains.Queues;

/// <summary>Queues that the system itself knows by name.</summary>
public static class QueueNames
{
    /// <summary>Where everything goes that has no better place.</summary>
    public const string General = "general";
}
