using CustomerService.Channels.Tests.Vendors;

namespace CustomerService.EndToEnd.Channels;

/// <summary>A person plays a customer from the terminal.</summary>
public sealed class SendCommandTests : IAsyncLifetime
{
    private readonly PhoneCompany _company = new();
    private ChannelSystem _system = null!;

    public async Task InitializeAsync() => _system = await ChannelSystem.StartAsync(
        $$"""
        shop-sms: { kind: twilio-sms, number: "+15550100", account_sid: {{PhoneCompany.AccountSid}}, auth_token_env: PHONE_TOKEN, api: "{{_company.Address}}" }
        shop-voice: { kind: twilio-voice, number: "+15550100", account_sid: {{PhoneCompany.AccountSid}}, auth_token_env: PHONE_TOKEN, api: "{{_company.Address}}" }
        """,
        KeyValuePair.Create("PHONE_TOKEN", PhoneCompany.AuthToken));

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Theory]
    [InlineData("chat", "assistant: ")]
    [InlineData("sms", "assistant: ")]
    [InlineData("voice", "voice: ")]
    public async Task Question_IsSentByTheRealProtocolAndTheAnswerShown(string channel, string shown)
    {
        await using var send = _system.Command("send", "--channel", channel, "--text", "What are your opening hours?");

        Assert.True(await send.ExitAsync() == 0, send.Output);
        Assert.Contains("a.m.", send.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(shown, send.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("social", "no account of the channel social")]
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
        await using var send = SiloProgram.Start(
            [KeyValuePair.Create("PHONE_TOKEN", "another-token")], "send", "--channel", "sms", "--text", "Hello", "--data", _system.Data, "--content", Path.GetDirectoryName(_system.ChannelsFile)!);

        Assert.Equal(1, await send.ExitAsync());
        Assert.Contains("does not take the signature", send.Output, StringComparison.Ordinal);
    }
}
