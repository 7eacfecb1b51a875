using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Tests.Meta;

internal static class MetaAccounts
{
    public const string OldSecret = "secret-before";

    public static readonly Uri Nowhere = new("http://127.0.0.1:9/v23.0");

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static AccountSettings WhatsApp(Uri api, string more = "") => Settings("whatsapp", $"phone_number_id: \"{SocialNetwork.NumberId}\"", api, more);

    public static AccountSettings Messenger(Uri api) => Settings("messenger", $"page_id: \"{SocialNetwork.PageId}\"", api, "");

    public static AccountSettings Instagram(Uri api) => Settings("instagram", $"instagram_id: \"{SocialNetwork.InstagramId}\"", api, "");

    public static WebhookReading Read(AccountSettings settings, byte[] body, string? signature) => TestParts.Open<IWebhookAccount>(settings).Read(
        TestParts.Request("https://shop.example/api/channels/shop", body, "application/json", signature is null ? [] : [(SocialNetwork.SignatureHeader, signature)]));

    public static ImmutableArray<ChannelEvent> Events(AccountSettings settings, byte[] body) =>
        Assert.IsType<WebhookReading.Genuine>(Read(settings, body, SocialNetwork.Sign(body))).Events;

    public static MessageToSend Message(string text, Author author = Author.Assistant, string address = "+4915112345678", params ImmutableArray<Attachment> files) => new(
        "social-abc", new Inbound("wamid.in", ChannelNames.Social, "shop", address, Now, ImmutableDictionary<string, string>.Empty),
        new Outbound(2, "m-2", author, text, "wamid.in") { Attachments = files }, Accepted: 0, OutsideWindow: false);

    public static TAccount Open<TAccount>(AccountSettings settings, IAttachmentStore? files = null, TimeProvider? time = null)
        where TAccount : class, IChannelAccount => TestParts.Open<TAccount>(settings, time, files);

    private static AccountSettings Settings(string kind, string id, Uri api, string more) => TestParts.Settings(
        $"""
        accounts:
          shop:
            kind: {kind}
            {id}
            access_token_env: TOKEN
            app_secret_env: SECRET
            previous_app_secret_env: OLD
            verify_token_env: VERIFY
            api: {api.AbsoluteUri}
        {more}
        """,
        ("TOKEN", SocialNetwork.AccessToken), ("SECRET", SocialNetwork.AppSecret), ("OLD", OldSecret), ("VERIFY", SocialNetwork.VerifyToken));
}
