using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Twilio;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Gateway.Tests.Webhooks;

/// <summary>A gateway with the accounts of two shops for text messages, and what their provider posts to it.</summary>
internal sealed class TextingShop : IAsyncDisposable
{
    public const string Customer = "+4915112345678";
    public const string OwnSid = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public const string OwnToken = "token-of-this-shop";
    public const string OtherSid = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    public const string OtherToken = "token-of-another-shop";

    private readonly ChannelAccounts _accounts;
    private readonly DirectoryInfo _files;

    private TextingShop(RunningGateway gateway, ChannelAccounts accounts, DirectoryInfo files) => (Gateway, _accounts, _files) = (gateway, accounts, files);

    public RunningGateway Gateway { get; }

    public static async Task<TextingShop> OpenAsync(GatewayOptions? options = null, string? publicUrl = null)
    {
        var settings = ChannelSettings.Parse(
            $$"""
            {{(publicUrl is null ? "" : $"public_url: {publicUrl}")}}
            accounts:
              own: { kind: twilio-sms, number: "+15550100", account_sid: {{OwnSid}}, auth_token_env: OWN, api: "http://127.0.0.1:9" }
              other: { kind: twilio-sms, number: "+15550101", account_sid: {{OtherSid}}, auth_token_env: OTHER, api: "http://127.0.0.1:9" }
            """,
            "channels.yaml",
            name => name == "OWN" ? OwnToken : OtherToken);
        var folder = Directory.CreateTempSubdirectory("webhooks-");
        var files = new FolderAttachmentStore(folder.FullName);
        var accounts = new ChannelAccounts(
            settings, now => new AccountParts(new HttpClient(), TimeProvider.System, NullLoggerFactory.Instance, files, now.PublicUrl), NullLogger<ChannelAccounts>.Instance);
        var world = new GrainWorld();
        var gateway = await RunningGateway.StartAsync(world, options, services: services => services
            .AddSingleton(accounts)
            .AddSingleton<IChannelIntake>(new ChannelIntake(world, files, NullLogger<ChannelIntake>.Instance)));
        return new TextingShop(gateway, accounts, folder);
    }

    /// <summary>What the provider posts when a customer has written.</summary>
    public static Dictionary<string, string> Text(string id, string body, string from = Customer, string sid = OwnSid) => new()
    {
        ["MessageSid"] = id,
        ["AccountSid"] = sid,
        ["From"] = from,
        ["To"] = "+15550100",
        ["Body"] = body,
        ["NumMedia"] = "0",
    };

    public static string ConversationWith(string from = Customer) => ConversationIds.Between(ChannelNames.Sms, "own", from);

    /// <summary>Posts a form.</summary>
    /// <param name="path">After <c>/api/channels/</c>.</param>
    /// <param name="token">What it is signed with; null: not at all.</param>
    /// <param name="signedFor">The address that the provider believes to call; null: the one that it calls.</param>
    public Task<Answer> PostAsync(Dictionary<string, string> form, string path = "own", string? token = OwnToken, string? signedFor = null)
    {
        var url = new Uri(Gateway.Address, $"/api/channels/{path}");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        if (token is not null)
            request.Headers.Add(TwilioSignature.Header, TwilioSignature.Of(signedFor ?? url.AbsoluteUri, form, token));
        return Gateway.SendAsync(request);
    }

    /// <summary>The customer's messages as they stand in the transcript; none where there is no conversation.</summary>
    public async Task<List<string>> ReceivedAsync(string from = Customer)
    {
        var answer = await Gateway.ReadAsync(RunningGateway.AgentToken, ConversationWith(from));
        return answer.Status == HttpStatusCode.NotFound ? []
            : [.. answer.Json["messages"]!.AsArray().Where(message => (string?)message!["author"] == "customer").Select(message => (string)message!["id"]!)];
    }

    /// <summary>What staff see of the messages that were sent.</summary>
    public async Task<JsonArray> DeliveriesAsync() =>
        (await Gateway.ReadAsync(RunningGateway.AgentToken, ConversationWith())).Json["internal"]!["deliveries"]!.AsArray();

    /// <summary>Whether anything has happened at all.</summary>
    public async Task<bool> IsUntouchedAsync() => (await Gateway.World.ReadAllAsync(0, 1)).Count == 0;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _accounts.DisposeAsync();
        _files.Delete(recursive: true);
    }
}
