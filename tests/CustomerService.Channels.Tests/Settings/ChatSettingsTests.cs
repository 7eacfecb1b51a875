using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Tests.Settings;

public sealed class ChatSettingsTests
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["CHAT_KEY"] = "0123456789abcdef0123456789abcdef",
        ["OLD_KEY"] = "fedcba9876543210fedcba9876543210",
        ["SHORT_KEY"] = "hunter2",
    };

    [Fact]
    public void Nothing_said_allows_no_other_site_and_takes_no_identities()
    {
        var chat = Parse("public_url: https://help.example\n").Chat;

        Assert.False(chat.Allows("https://shop.example"));
        Assert.Null(chat.IdentityKeys);
    }

    [Fact]
    public void Sites_and_keys_are_read()
    {
        var chat = Parse("chat:\n  allowed_origins: [https://shop.example, 'http://localhost:5173']\n  identity_key_env: CHAT_KEY\n  previous_identity_key_env: OLD_KEY\n").Chat;

        Assert.True(chat.Allows("https://shop.example") && chat.Allows("http://localhost:5173"));
        Assert.False(chat.Allows("https://shop.example.evil.example") || chat.Allows("http://shop.example") || chat.Allows("null") || chat.Allows(""));
        Assert.True(chat.IdentityKeys!.Holds(Environment["CHAT_KEY"]) && chat.IdentityKeys.Holds(Environment["OLD_KEY"]));
    }

    [Theory]
    [InlineData("chat:\n  allowed_origins: [https://shop.example/path]", "2:21", "write 'https://shop.example'")]
    [InlineData("chat:\n  allowed_origins: [shop.example]", "2:21", "scheme and host")]
    [InlineData("chat:\n  allowed_origins: ['*']", "2:21", "scheme and host")]
    [InlineData("chat:\n  allowed_origin: [https://shop.example]", "2:3", "allowed_origins")]
    [InlineData("chat:\n  identity_key_env: NOT_SET", "2:21", "NOT_SET")]
    [InlineData("chat:\n  identity_key_env: SHORT_KEY", "2:21", "openssl rand")]
    [InlineData("chat:\n  previous_identity_key_env: OLD_KEY", "2:3", "identity_key_env")]
    [InlineData("chat: on", "1:7", "map")]
    public void What_is_wrong_is_named_with_its_place_and_fix(string text, string place, string fix)
    {
        var error = Assert.Throws<PipelineFormatException>(() => Parse(text));

        Assert.Contains($"channels.yaml:{place}", error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    private static ChannelSettings Parse(string text) => ChannelSettings.Parse(text, "channels.yaml", name => Environment.GetValueOrDefault(name));
}
