using System.Globalization;
using CustomerService.Channels.Neutral;
using CustomerService.Silo.Playing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerService.Silo.Demo;

/// <summary>Stands for every network outside but the chat: it takes what is sent to customers by our own webhook, and tells that it came and was read.</summary>
internal sealed class DemoNetwork : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DemoNetwork(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Told of what was taken: the account, its channel's conversation, and the message's id.</summary>
    public event Action<string, string, string>? Taken;

    public static async Task<DemoNetwork> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var network = new DemoNetwork(app);
        app.MapPost("/{account}", (string account, DemoPosted posted) =>
        {
            network.Taken?.Invoke(account, posted.Conversation, posted.Id);
            return Results.Ok();
        });
        await app.StartAsync(cancellation);
        return network;
    }

    /// <summary>The accounts that bring customers in, as <c>channels.yaml</c> has them.</summary>
    public string ChannelsYaml(Uri system) => string.Create(CultureInfo.InvariantCulture, $"""
        # The demo writes this file anew at each start. Its networks are played: nothing leaves this machine.
        public_url: {system}
        accounts:
        {string.Join('\n', DemoAccounts.All.Select(account => $"  {account.Name}: {{ kind: webhook, channel: {account.Channel}, secret_env: {DemoAccounts.SecretVariable}, send_to: {Address}{account.Name} }}"))}

        """);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed record DemoPosted(string Conversation, string Id);
}

/// <summary>The demo's accounts besides the chat.</summary>
internal static class DemoAccounts
{
    public const string SecretVariable = "CUSTOMERSERVICE_DEMO_SECRET";

    public static IReadOnlyList<(string Name, string Channel)> All { get; } = [("mail", "email"), ("text-messages", "sms"), ("messenger", "social")];

    public static NeutralSettings Settings(string name, string secret) =>
        new(name, All.Single(account => account.Name == name).Channel, secret, PreviousSecret: null, SendTo: null, IgnoresRepeats: true);

    public static NeutralRoute Route(string name, string secret, ProviderDoor door, string from, TimeProvider time) => new(Settings(name, secret), door, from, time);
}
