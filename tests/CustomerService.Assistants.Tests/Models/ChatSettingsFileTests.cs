using CustomerService.Assistants.Models;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Grains.Budgets;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Assistants.Tests.Models;

public sealed class ChatSettingsFileTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["MY_KEY"] = "k-mine", ["OPENAI_API_KEY"] = "k-openai" };

    [Fact]
    public void Environment_AloneIsEnough()
    {
        var settings = ChatModelSettings.FromEnvironment(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "k", ["ANTHROPIC_BASE_URL"] = "http://127.0.0.1:9" }.GetValueOrDefault);

        Assert.Equal("k", settings.Providers["openai"].Key);
        Assert.Equal((null, new Uri("http://127.0.0.1:9")), (settings.Providers["anthropic"].Key, settings.Providers["anthropic"].BaseAddress));
        Assert.DoesNotContain("k", settings.Providers["openai"].ToString().Replace("openai at the vendor's address", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(ChatModelSettings.FromEnvironment(_ => null).Providers);
        Assert.Contains("OPENAI_BASE_URL", Assert.Throws<FormatException>(() => ChatModelSettings.FromEnvironment(name => name == "OPENAI_BASE_URL" ? "ftp://x" : null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ShippedFile_WithoutKeys_SetsUpNoModel()
    {
        var file = Path.Combine(Assistant.ContentFolder, "assistant.yaml");
        var settings = ChatSettingsFile.Parse(File.ReadAllText(file), file, _ => null);

        Assert.All(settings.Providers.Values, provider => Assert.Equal("no key", provider.Lacks));
        Assert.Equal(new ChatModelSettings() with { Providers = settings.Providers }, settings with { LinkHosts = new ChatModelSettings().LinkHosts });
        using var roles = new ModelRoles(settings, TimeProvider.System);
        Assert.False(roles.HasAny);
    }

    [Fact]
    public void OwnServers_KeysAndPrices_AreRead()
    {
        var settings = Parse("""
            business: Lamp & Co
            providers:
              openai: { models: { gpt-x: { input: 1.5, output: 6 } } }
              here: { protocol: openai, base_url: "http://localhost:11434/v1", streaming: false, json_schema: false }
              there: { protocol: anthropic, base_url: "https://models.example.org", key_env: MY_KEY }
              nowhere: { protocol: openai, key_env: NOT_SET }
            answers: { link_hosts: [www.lamps.example], tool_rounds: 2 }
            budgets: { conversation: { tokens: 100, time: 90s }, day: { dollars: 3 } }
            """);

        Assert.Equal(("k-openai", 1.5m), (settings.Providers["openai"].Key, settings.Providers["openai"].Prices["gpt-x"].Input));
        var here = settings.Providers["here"];
        Assert.Equal((null, null, false, false), (here.Lacks, here.Key, here.Streams, here.SpeaksSchemas));
        Assert.Equal(("k-mine", null), (settings.Providers["there"].Key, settings.Providers["there"].Lacks));
        Assert.Equal("no key: NOT_SET is not set", settings.Providers["nowhere"].Lacks);
        Assert.Equal((2, "www.lamps.example", "Lamp & Co"), (settings.ToolRounds, Assert.Single(settings.LinkHosts), settings.Business));
        Assert.Equal(new ModelAllowance(100, 0.50m, 90), settings.ConversationBudget);
        Assert.Equal(3m, settings.DayBudget.Dollars);
    }

    [Theory]
    [InlineData("providers:\n  openai: { api_key: sk-secret }", "2:13", "no key 'api_key'")]
    [InlineData("providers:\n  mine: { base_url: \"http://x\" }", "2:9", "has no protocol")]
    [InlineData("providers:\n  mine: { protocol: opnai, base_url: \"http://x\" }", "2:21", "Did you mean 'openai'")]
    [InlineData("providers:\n  mine: { protocol: openai, base_url: mine }", "2:39", "no web address")]
    [InlineData("providers: { openai: { models: { gpt: { input: 1 } } } }", "1:39", "is not whole")]
    [InlineData("limits: { total: 2s }", "1:9", "one attempt may take longer")]
    [InlineData("answers: { link_hosts: [\"http://x/y\"] }", "1:25", "is no host")]
    [InlineData("budgets: { conversation: { tokens: -1 } }", "1:36", "a number from 0")]
    [InlineData("budget: {}", "1:1", "Did you mean 'budgets'")]
    public void BadFile_IsRefused_WithPlaceAndFix(string text, string place, string says)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => Parse(text));
        Assert.Contains($"assistant.yaml:{place}:", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sk-secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Edit_TakesEffect_AndABadOneKeepsWhatWasThere()
    {
        var folder = Directory.CreateTempSubdirectory("assistant-yaml-");
        var file = Path.Combine(folder.FullName, "assistant.yaml");
        try
        {
            using var live = new LiveChatSettings(file, Variables.GetValueOrDefault, [], TimeProvider.System);
            Assert.Equal("a shop", live.Current.Business);
            foreach (var (text, business) in new[] { ("business: Lamps", "Lamps"), ("busines: Typo", "Lamps"), ("business: Better lamps", "Better lamps") })
            {
                File.WriteAllText(file, text);
                live.Look();
                Assert.Equal(business, live.Current.Business);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ChatModelSettings Parse(string text) => ChatSettingsFile.Parse(text, "assistant.yaml", Variables.GetValueOrDefault);
}
