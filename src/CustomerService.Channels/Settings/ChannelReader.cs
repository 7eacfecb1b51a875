using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Settings;

/// <summary>Reads <c>channels.yaml</c>, with line, column and fix for whatever is wrong.</summary>
internal sealed class ChannelReader(Findings findings, Func<string, string?> environment, ImmutableArray<IAccountKind> kinds)
{
    public ChannelSettings Read(YamlMapping root)
    {
        var map = new MappingReader(root, "a channels file", findings, "public_url", "chat", "accounts");
        var reading = new AccountReading(findings, environment);
        var publicUrl = map.Node("public_url") is null ? null : reading.Address(map, "public_url", null);
        reading = reading with { PublicUrl = publicUrl };
        var accounts = new List<(AccountSettings Account, SourcePosition At)>();
        foreach (var (name, node) in map.Map("accounts")?.Entries ?? [])
        {
            if (Account(name.Text, name.At, node, reading) is { } account)
                accounts.Add((account, (node as YamlMapping)?.Find(WebhookAddress.Key)?.At ?? name.At));
        }

        WebhookAddress.Check(accounts, findings);
        return new ChannelSettings(publicUrl, [.. accounts.Select(each => each.Account)])
        {
            Chat = map.Map("chat") is { } chat ? ChatReader.Read(chat, KindsIn(map.Map("accounts")), reading) : ChatSettings.None,
        };
    }

    /// <summary>Each account's kind as it is written, whatever else is wrong with the account.</summary>
    private static Dictionary<string, string?> KindsIn(YamlMapping? accounts)
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, node) in accounts?.Entries ?? [])
            found[name.Text] = ((node as YamlMapping)?.Find("kind") as YamlScalar)?.Text;
        return found;
    }

    private AccountSettings? Account(string name, SourcePosition at, YamlNode node, AccountReading reading)
    {
        if (name.Length is 0 or > 64 || !name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_'))
            findings.Error(at, $"an account can't be called '{name}'", "use up to 64 small letters, digits, - and _: the name is part of the address that the provider calls");
        if (node is not YamlMapping mapping)
        {
            findings.Error(node.At, $"the account '{name}' is {node.Kind}, where a map is expected", $"write indented lines under '{name}:', the first of them 'kind: …'");
            return null;
        }

        if (Kind(name, mapping) is not { } kind)
            return null;
        var map = new MappingReader(mapping, $"the account '{name}'", findings, ["kind", "rules", .. kind.Keys]);
        return kind.Read(name, map, reading) is { } account ? account with { Rules = Rules(map.Map("rules"), account.Rules), WebhookOf = map.Text(WebhookAddress.Key)?.Value } : null;
    }

    private IAccountKind? Kind(string name, YamlMapping mapping)
    {
        var known = kinds.Select(kind => kind.Name).ToArray();
        if (mapping.Find("kind") is not YamlScalar { Text.Length: > 0 } written)
        {
            findings.Error(mapping.At, $"the account '{name}' has no kind", $"add 'kind: …', one of {string.Join(", ", known)}");
            return null;
        }

        if (kinds.FirstOrDefault(kind => kind.Name == written.Text) is { } found)
            return found;
        findings.Error(written.At, $"there is no kind of account called '{written.Text}'", Suggestion.For(written.Text, known));
        return null;
    }

    /// <summary>The provider's own limits, where the owner says nothing else.</summary>
    private ChannelRules Rules(YamlMapping? section, ChannelRules usual)
    {
        if (section is null)
            return usual;
        var map = new MappingReader(
            section, "the rules of an account", findings,
            "max_characters", "max_attachments", "max_attachment_megabytes", "media_types", "reply_window", "agent_reply_window", "quiet_hours", "give_up_after");
        return usual with
        {
            MaxCharacters = map.Whole("max_characters", 1, 1_000_000) ?? usual.MaxCharacters,
            MaxAttachments = map.Whole("max_attachments", 0, 100) ?? usual.MaxAttachments,
            MaxAttachmentBytes = map.Number("max_attachment_megabytes", 0.001, 1_000) is { } megabytes ? (long)(megabytes * 1_000_000) : usual.MaxAttachmentBytes,
            MediaTypes = map.Node("media_types") is null ? usual.MediaTypes : [.. map.Texts("media_types").Select(type => type.Value)],
            ReplyWindow = map.Seconds("reply_window", 60) is { } window ? TimeSpan.FromSeconds(window) : usual.ReplyWindow,
            AgentReplyWindow = map.Seconds("agent_reply_window", 60) is { } agents ? TimeSpan.FromSeconds(agents) : usual.AgentReplyWindow,
            QuietHours = map.Map("quiet_hours") is { } quiet ? Quiet(quiet) : usual.QuietHours,
            GiveUpAfter = map.Seconds("give_up_after", 60) is { } patience ? TimeSpan.FromSeconds(patience) : usual.GiveUpAfter,
        };
    }

    private QuietHours? Quiet(YamlMapping section)
    {
        var map = new MappingReader(section, "quiet_hours", findings, "from", "until", "zone");
        var (from, until) = (Time(map, "from", "21:00"), Time(map, "until", "08:00"));
        if (map.RequiredText("zone", "Europe/Paris") is not { } zone)
            return null;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone.Value, out var found))
        {
            findings.Error(zone.At, $"there is no time zone '{zone.Value}'", "write an IANA name such as Europe/Paris or America/New_York");
            return null;
        }

        if (from is not null && from == until)
            findings.Error(section.At, "quiet_hours begin and end at the same time", "leave them out, or write two times");
        return from is null || until is null ? null : new QuietHours(from.Value, until.Value, found);
    }

    private TimeOnly? Time(MappingReader map, string key, string example)
    {
        if (map.RequiredText(key, $"\"{example}\"") is not { } written)
            return null;
        if (TimeOnly.TryParseExact(written.Value, "HH:mm", out var time))
            return time;
        findings.Error(written.At, $"'{key}' is '{written.Value}', which is no time of the day", $"write '{key}: \"{example}\"'");
        return null;
    }
}
