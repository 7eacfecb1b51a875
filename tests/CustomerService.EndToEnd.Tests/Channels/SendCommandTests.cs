using CustomerService.Channels.Tests.Vendors;

namespace CustomerService.EndToEnd.Channels;

/// <summary>A person plays a customer from the terminal.</summary>
public sealed class SendCommandTests(SystemOfAllKinds all) : IClassFixture<SystemOfAllKinds>
{
    private readonly ChannelSystem _system = all.System;

    [Theory]
    [InlineData("chat", "assistant: ")]
    [InlineData("sms", "assistant: ")]
    [InlineData("voice", "voice: ")]
    [InlineData("social --account shop-whatsapp", "assistant: ")]
    [InlineData("social --account shop-page", "assistant: ")]
    [InlineData("social --account shop-bot", "assistant: ")]
    [InlineData("email", "assistant: ")]
    public async Task Question_IsSentByTheRealProtocolAndTheAnswerShown(string channel, string shown)
    {
        await using var send = _system.Command(["send", "--text", "What are your opening hours?", "--channel", .. channel.Split(' ')]);

        Assert.True(await send.ExitAsync() == 0, send.Output);
        Assert.Contains("customer-service team is", send.Output, StringComparison.Ordinal);
        Assert.Contains(shown, send.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("social", "several accounts of the channel social (shop-whatsapp, shop-page, shop-bot)")]
    [InlineData("sms --account shop-voice", "no account 'shop-voice' of the channel sms; it has shop-sms")]
    [InlineData("chat --from +4930123456", "say nothing to the chat")]
    [InlineData("pigeon", "pigeon")]
    public async Task WrongUse_SaysWhatIsWrong(string arguments, string says)
    {
        await using var send = _system.Command(["send", "--text", "Hello", "--channel", .. arguments.Split(' ')]);

        Assert.Equal(2, await send.ExitAsync());
        Assert.Contains(says, send.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherSecrets_AreRefusedInWords()
    {
        var others = all.Secrets.Select(secret => secret.Key == "PHONE_TOKEN" ? KeyValuePair.Create(secret.Key, "another-token") : secret).ToList();
        await using var send = SiloProgram.Start(
            others, "send", "--channel", "sms", "--text", "Hello", "--data", _system.Data, "--content", Path.GetDirectoryName(_system.ChannelsFile)!);

        Assert.Equal(1, await send.ExitAsync());
        Assert.Contains("does not take the signature", send.Output, StringComparison.Ordinal);
    }
}

/// <summary>One system with an account of each kind, for all tests.</summary>
public sealed class SystemOfAllKinds : IAsyncLifetime
{
    private readonly PhoneCompany _company = new();
    private readonly SocialNetwork _network = new();

    internal ChannelSystem System { get; private set; } = null!;

    internal KeyValuePair<string, string>[] Secrets { get; } =
    [
        KeyValuePair.Create("PHONE_TOKEN", PhoneCompany.AuthToken), KeyValuePair.Create("META_ACCESS", SocialNetwork.AccessToken), KeyValuePair.Create("META_SECRET", SocialNetwork.AppSecret),
        KeyValuePair.Create("META_VERIFY", SocialNetwork.VerifyToken), KeyValuePair.Create("BOT_TOKEN", SocialNetwork.BotToken), KeyValuePair.Create("BOT_SECRET", SocialNetwork.BotSecret),
        KeyValuePair.Create("OWN_SECRET", "secret-of-our-own-program"),
    ];

    public async Task InitializeAsync() => System = await ChannelSystem.StartAsync(
        $$"""
        shop-sms: { kind: twilio-sms, number: "+15550100", account_sid: {{PhoneCompany.AccountSid}}, auth_token_env: PHONE_TOKEN, api: "{{_company.Address}}" }
        shop-voice: { kind: twilio-voice, number: "+15550100", account_sid: {{PhoneCompany.AccountSid}}, auth_token_env: PHONE_TOKEN, api: "{{_company.Address}}" }
        shop-whatsapp: { kind: whatsapp, phone_number_id: "{{SocialNetwork.NumberId}}", access_token_env: META_ACCESS, app_secret_env: META_SECRET, verify_token_env: META_VERIFY, api: "{{_network.Graph}}" }
        shop-page: { kind: messenger, page_id: "{{SocialNetwork.PageId}}", access_token_env: META_ACCESS, app_secret_env: META_SECRET, verify_token_env: META_VERIFY, api: "{{_network.Graph}}" }
        shop-bot: { kind: telegram, token_env: BOT_TOKEN, secret_env: BOT_SECRET, api: "{{_network.Address}}" }
        shop-own: { kind: webhook, channel: email, secret_env: OWN_SECRET }
        """,
        Secrets);

    public async Task DisposeAsync()
    {
        await System.DisposeAsync();
        await _company.DisposeAsync();
        await _network.DisposeAsync();
    }
}
