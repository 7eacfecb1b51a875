using CustomerService.Grains.Turns;

namespace CustomerService.Silo.Running;

/// <summary>Whoever hosts the grains of this process, as the system's own parts need it.</summary>
internal interface IGrainHosting
{
    /// <summary>How to ask grains without ever being refused for load.</summary>
    IGrainClient Inside { get; }

    /// <summary>How many grains this process has in memory.</summary>
    int Activations { get; }

    /// <summary>How much outside work waits in this process.</summary>
    int WorkBacklog { get; }
}
