namespace CustomerService.Grains.Orleans;

/// <summary>What the rest of the process may see of its silo.</summary>
public interface ILocalSilo
{
    /// <summary>How many grains it has in memory.</summary>
    int Activations { get; }

    /// <summary>How much outside work waits in it.</summary>
    int WorkBacklog { get; }
}
