using System.Net;
using System.Net.Http.Headers;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Health;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Gateway.Tests.Webhooks;

/// <summary>A gateway of a shop with two pages, an Instagram account and a number of WhatsApp's in one app of Meta's, all called at the first page's address.</summary>
internal sealed class SocialShop : IAsyncDisposable
{
    public const string OtherPageId = "1067280970047999";
    public const string Customer = "6254459154682919";

    private readonly ChannelAccounts _accounts;

    private SocialShop(RunningGateway gateway, ChannelAccounts accounts) => (Gateway, _accounts) = (gateway, accounts);

    public RunningGateway Gateway { get; }

    /// <param name="more">Lines of <c>channels.yaml</c> under the number of WhatsApp's.</param>
    public static async Task<SocialShop> OpenAsync(GatewayOptions? options = null, GrainWorld? world = null, string more = "")
    {
        const string App = "access_token_env: TOKEN, app_secret_env: SECRET, verify_token_env: VERIFY, api: 'http://127.0.0.1:9/v23.0'";
        var settings = ChannelSettings.Parse(
            $$"""
            accounts:
              page: { kind: messenger, page_id: "{{SocialNetwork.PageId}}", {{App}} }
              page-two: { kind: messenger, page_id: "{{OtherPageId}}", webhook_of: page, {{App}} }
              insta: { kind: instagram, instagram_id: "{{SocialNetwork.InstagramId}}", webhook_of: page, {{App}} }
              whatsapp: { kind: whatsapp, phone_number_id: "{{SocialNetwork.NumberId}}", webhook_of: page, {{App}} {{more}} }
            """,
            "channels.yaml",
            name => name switch { "TOKEN" => SocialNetwork.AccessToken, "SECRET" => SocialNetwork.AppSecret, _ => SocialNetwork.VerifyToken });
        world ??= new GrainWorld();
        var files = new FolderAttachmentStore(Path.Combine(world.Folder, "attachments"));
        var accounts = new ChannelAccounts(
            settings, now => new AccountParts(new HttpClient(), TimeProvider.System, NullLoggerFactory.Instance, files, now.PublicUrl), NullLogger<ChannelAccounts>.Instance);
        var health = new ChannelHealth(TimeProvider.System);
        health.Watch(accounts);
        var gateway = await RunningGateway.StartAsync(world, options, services: services => services
            .AddSingleton(accounts)
            .AddSingleton(health)
            .AddSingleton<IChannelIntake>(new ObservedIntake(new ChannelIntake(world, files, NullLogger<ChannelIntake>.Instance), health)));
        return new SocialShop(gateway, accounts);
    }

    public static string ConversationWith(string customer = Customer, string account = "page") => ConversationIds.Between(ChannelNames.Social, account, customer);

    /// <summary>What one page hears of one customer.</summary>
    public static object Entry(string page, params IEnumerable<object> messaging) => new { id = page, time = 1772442000000, messaging };

    public static byte[] Call(params IEnumerable<object> entries) => SocialNetwork.Body(new { @object = "page", entry = entries });

    /// <summary>Meta calls, signed with that secret.</summary>
    public async Task<Answer> CallAsync(byte[] body, string account = "page", string secret = SocialNetwork.AppSecret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Gateway.Address, $"/api/channels/{account}")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SocialNetwork.SignatureHeader, SocialNetwork.Sign(body, secret));
        return await Gateway.SendAsync(request);
    }

    /// <summary>The customer's messages as they stand in the transcript; none where there is no conversation.</summary>
    public async Task<List<string>> ReceivedAsync(string conversation)
    {
        var received = new List<string>();
        for (var after = 0L; ;)
        {
            var answer = await Gateway.ReadAsync(RunningGateway.AgentToken, conversation, $"?after={after}");
            if (answer.Status == HttpStatusCode.NotFound)
                return received;
            var messages = answer.Json["messages"]!.AsArray();
            received.AddRange(messages.Where(message => (string?)message!["author"] == "customer").Select(message => (string)message!["id"]!));
            if (messages.Count == 0 || !(bool)answer.Json["hasMore"]!)
                return received;
            after = (long)messages[^1]!["sequence"]!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _accounts.DisposeAsync();
    }
}
