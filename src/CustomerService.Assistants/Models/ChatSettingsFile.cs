using System.Collections.Immutable;
using CustomerService.Grains.Budgets;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Assistants.Models;

/// <summary>Reads <c>content/assistant.yaml</c>. Keys are never in it: it names the environment variables that hold them.</summary>
public static class ChatSettingsFile
{
    /// <param name="file">How messages name it.</param>
    /// <param name="variable">Gives an environment variable's value or null.</param>
    /// <param name="protocols">Protocols besides those of <see cref="ChatProtocols"/>.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line, column and fix.</exception>
    /// <exception cref="FormatException">A base address in the environment is none.</exception>
    public static ChatModelSettings Parse(string text, string file, Func<string, string?> variable, IEnumerable<string>? protocols = null)
    {
        var findings = new Findings(file);
        var settings = ChatModelSettings.FromEnvironment(variable);
        if (YamlText.Read(text, findings) is { } root)
            settings = new Reader(findings, variable, [ChatProtocols.OpenAI, ChatProtocols.Anthropic, .. protocols ?? []]).Read(root, settings);
        return findings.HasErrors ? throw new PipelineFormatException(findings.InOrder.Where(finding => finding.Severity == FindingSeverity.Error)) : settings;
    }

    private sealed class Reader(Findings findings, Func<string, string?> variable, string[] protocols)
    {
        private const double Day = 86_400;

        public ChatModelSettings Read(YamlMapping root, ChatModelSettings settings)
        {
            var map = new MappingReader(root, "the assistant's file", findings, "business", "providers", "limits", "answers", "budgets");
            settings = settings with { Business = map.Text("business")?.Value ?? settings.Business, Providers = Providers(map.Map("providers"), settings.Providers) };
            settings = Limits(map.Map("limits"), settings);
            settings = Answers(map.Map("answers"), settings);
            return Budgets(map.Map("budgets"), settings);
        }

        private ImmutableDictionary<string, ChatProvider> Providers(YamlMapping? section, ImmutableDictionary<string, ChatProvider> ofEnvironment)
        {
            var providers = ofEnvironment;
            foreach (var (name, node) in section?.Entries ?? [])
            {
                if (node is YamlMapping map)
                    providers = providers.SetItem(name.Text, Provider(name.Text, map, ofEnvironment.GetValueOrDefault(name.Text)));
                else
                    findings.Error(node.At, $"the provider '{name.Text}' is {node.Kind}, where a map is expected", $"write '{name.Text}: {{ protocol: openai, key_env: MY_KEY }}'");
            }

            return providers;
        }

        private ChatProvider Provider(string name, YamlMapping section, ChatProvider? ofEnvironment)
        {
            var map = new MappingReader(section, $"the provider '{name}'", findings, "protocol", "base_url", "key_env", "streaming", "json_schema", "models");
            var own = protocols.Contains(name) ? name : null;
            var protocol = map.Word("protocol", protocols) ?? ofEnvironment?.Protocol ?? own;
            if (protocol is null && map.Node("protocol") is null)
                findings.Error(section.At, $"the provider '{name}' has no protocol", $"add 'protocol: {ChatProtocols.OpenAI}', or another of {string.Join(", ", protocols)}");
            var variableName = map.Text("key_env")?.Value;
            var key = variableName is null ? ofEnvironment?.Key : ChatModelSettings.NullIfBlank(variable(variableName));
            var address = Address(map, name) ?? ofEnvironment?.BaseAddress;
            return new ChatProvider(protocol ?? ChatProtocols.OpenAI, key, address)
            {
                Streams = map.Truth("streaming") ?? true,
                SpeaksSchemas = map.Truth("json_schema") ?? protocol == ChatProtocols.OpenAI,
                Prices = Prices(name, map.Map("models")),
                // A server of one's own may need no key; a vendor does, and so does whoever names where it stands.
                Lacks = key is not null || (variableName is null && address is not null) ? null
                    : variableName is null || variableName == $"{name.ToUpperInvariant()}_API_KEY" ? "no key" : $"no key: {variableName} is not set",
            };
        }

        private Uri? Address(MappingReader map, string provider)
        {
            if (map.Text("base_url") is not { } text)
                return null;
            if (Uri.TryCreate(text.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                return address;
            findings.Error(text.At, $"'base_url' of the provider '{provider}' is '{text.Value}', which is no web address", "write an http or https address, such as https://models.example.org/v1");
            return null;
        }

        private ImmutableDictionary<string, ModelPrice> Prices(string provider, YamlMapping? models)
        {
            var prices = ImmutableDictionary.CreateBuilder<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);
            foreach (var (model, node) in models?.Entries ?? [])
            {
                if (node is not YamlMapping section)
                {
                    findings.Error(node.At, $"the model '{model.Text}' of '{provider}' is {node.Kind}, where a map is expected", $"write '{model.Text}: {{ input: 0.15, output: 0.60 }}', in US dollars per million tokens");
                    continue;
                }

                var map = new MappingReader(section, $"the model '{model.Text}'", findings, "input", "output");
                if (map.Number("input", 0, 10_000) is { } input && map.Number("output", 0, 10_000) is { } output)
                    prices[model.Text] = new ModelPrice((decimal)input, (decimal)output);
                else
                    findings.Error(section.At, $"the price of '{model.Text}' is not whole", "write both 'input' and 'output', or remove the model: its cost is then unknown");
            }

            return prices.ToImmutable();
        }

        private ChatModelSettings Limits(YamlMapping? section, ChatModelSettings settings)
        {
            if (section is null)
                return settings;
            var map = new MappingReader(section, "'limits'", findings, "attempt", "stall", "total", "retries", "reply_tokens", "message_characters", "breaker");
            var breaker = map.Map("breaker") is { } inner ? new MappingReader(inner, "'breaker'", findings, "failures", "of_at_least", "for") : null;
            settings = settings with
            {
                AttemptTimeout = Time(map, "attempt") ?? settings.AttemptTimeout,
                StallTimeout = Time(map, "stall") ?? settings.StallTimeout,
                TotalTimeout = Time(map, "total") ?? settings.TotalTimeout,
                Retries = map.Whole("retries", 0, 10) ?? settings.Retries,
                MaxOutputTokens = map.Whole("reply_tokens", 50, 100_000) ?? settings.MaxOutputTokens,
                MaxMessageCharacters = map.Whole("message_characters", 100, 100_000) ?? settings.MaxMessageCharacters,
                BreakRatio = breaker?.Number("failures", 0.01, 1) ?? settings.BreakRatio,
                BreakAfter = breaker?.Whole("of_at_least", 2, 10_000) ?? settings.BreakAfter,
                BreakFor = breaker is null ? settings.BreakFor : Time(breaker, "for") ?? settings.BreakFor,
            };
            if (settings.AttemptTimeout > settings.TotalTimeout)
                findings.Error(section.At, "one attempt may take longer than all of them together", "make 'total' the longer of the two");
            return settings;
        }

        private ChatModelSettings Answers(YamlMapping? section, ChatModelSettings settings)
        {
            if (section is null)
                return settings;
            var map = new MappingReader(section, "'answers'", findings, "words", "tool_rounds", "link_hosts");
            foreach (var host in map.Texts("link_hosts"))
            {
                if (Uri.CheckHostName(host.Value) == UriHostNameType.Unknown)
                    findings.Error(host.At, $"'{host.Value}' is no host", "write the name alone, such as www.example.com");
            }

            return settings with
            {
                AnswerWords = map.Whole("words", 20, 1_000) ?? settings.AnswerWords,
                ToolRounds = map.Whole("tool_rounds", 0, 20) ?? settings.ToolRounds,
                LinkHosts = [.. map.Texts("link_hosts").Select(host => host.Value.ToLowerInvariant())],
            };
        }

        private ChatModelSettings Budgets(YamlMapping? section, ChatModelSettings settings)
        {
            if (section is null)
                return settings;
            var map = new MappingReader(section, "'budgets'", findings, "conversation", "day");
            return settings with
            {
                ConversationBudget = Allowance(map.Map("conversation"), "'conversation'", settings.ConversationBudget),
                DayBudget = Allowance(map.Map("day"), "'day'", settings.DayBudget),
            };
        }

        private ModelAllowance Allowance(YamlMapping? section, string what, ModelAllowance usual)
        {
            if (section is null)
                return usual;
            var map = new MappingReader(section, what, findings, "tokens", "dollars", "time");
            return new ModelAllowance(
                (long?)map.Number("tokens", 0, 1e12) ?? usual.Tokens, (decimal?)map.Number("dollars", 0, 1e9) ?? usual.Dollars, map.Seconds("time") ?? usual.Seconds);
        }

        private static TimeSpan? Time(MappingReader map, string key) => map.Seconds(key, 0.05, Day) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
