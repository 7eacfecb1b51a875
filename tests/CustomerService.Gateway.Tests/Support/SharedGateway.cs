namespace CustomerService.Gateway.Tests.Support;

/// <summary>One gateway for all the tests of a class that are refused or only read: starting one takes far longer than they do.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    internal RunningGateway Gateway { get; private set; } = null!;

    /// <summary>One whose owner has given the staff no tokens.</summary>
    internal RunningGateway Closed { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Gateway = await RunningGateway.StartAsync();
        Closed = await RunningGateway.StartAsync(options: new GatewayOptions { VisitorKey = RunningGateway.Key });
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Closed.DisposeAsync();
    }
}
