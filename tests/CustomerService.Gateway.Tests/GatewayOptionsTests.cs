using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class GatewayOptionsTests
{
    public static TheoryData<string, Func<GatewayOptions, GatewayOptions>> Wrong => new()
    {
        { "VisitorKey", options => options with { VisitorKey = new byte[31] } },
        { "VisitorTokenLifetime", options => options with { VisitorTokenLifetime = TimeSpan.Zero } },
        { "AgentToken", options => options with { AgentToken = "short" } },
        { "OperatorToken", options => options with { OperatorToken = "" } },
        { "limits", options => options with { UploadLimit = new RateLimit(0, 1) } },
        { "MaxBodyBytes", options => options with { MaxBodyBytes = 0 } },
        { "MaxFrameBytes", options => options with { MaxFrameBytes = int.MaxValue } },
        { "QueuePlaceRefresh", options => options with { QueuePlaceRefresh = TimeSpan.Zero } },
        { "limits", options => options with { VisitorLimit = new RateLimit(0, 1) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_setting_that_cannot_work_is_named_at_the_start(string name, Func<GatewayOptions, GatewayOptions> change)
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddChatGateway(change(Support.RunningGateway.Options)));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }
}
