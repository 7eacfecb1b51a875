using System.Collections.Immutable;
using System.Globalization;
using CustomerService.AgentConsole.Administration;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Retention;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.AgentConsole.Retention;

/// <summary>How long conversations are kept, as people change it without writing YAML. It becomes changes of the owner's file.</summary>
internal sealed class RetentionForm
{
    /// <summary>The owner's file that it is about.</summary>
    public const string File = "retention" + Extension;

    /// <summary>What a file that there is not yet begins with.</summary>
    public const string Empty = "retention:\n  conversations: forever\n  channels: {}\n  at: \"03:15\"\n  time_zone: UTC\n";

    private const string Extension = ".yaml";
    private const string Root = "retention";

    private RetentionForm(YamlMapping retention)
    {
        var channels = retention.Find("channels") as YamlMapping;
        Usual = new KeepRow(null, [Root, "conversations"], Text(retention, "conversations"));
        Channels = [.. ChannelNames.All.Select(channel => new KeepRow(channel, [Root, "channels", channel], Text(channels, channel)))];
        At = new FormValue([Root, "at"], Text(retention, "at"));
        TimeZone = new FormValue([Root, "time_zone"], Text(retention, "time_zone"));
    }

    public KeepRow Usual { get; }

    public ImmutableArray<KeepRow> Channels { get; }

    /// <summary>A time of day such as <c>03:15</c>.</summary>
    public FormValue At { get; }

    /// <summary>A zone's name.</summary>
    public FormValue TimeZone { get; }

    public IEnumerable<KeepRow> Rows => [Usual, .. Channels];

    /// <summary>The rules as the file has them; null: it is written so that a form can't change it, or can't be read.</summary>
    public static RetentionForm? Read(string text) =>
        YamlText.Read(text, new Findings(File))?.Find(Root) is YamlMapping retention && retention.Find("channels") is null or YamlMapping or YamlScalar { Value: null } ? new RetentionForm(retention) : null;

    /// <summary>What is to be changed in the file.</summary>
    public ImmutableArray<YamlChange> Changes() => [.. Rows.SelectMany(row => row.Changes()), .. At.Changes().Select(Quoted), .. TimeZone.Changes()];

    /// <summary>The rules as they are written here; null: some of it is no rule.</summary>
    public RetentionRules? Rules()
    {
        var zone = TimeZone.Now.Trim() is { Length: > 0 } named ? named : "UTC";
        var at = At.Now.Trim().Length == 0 ? RetentionRules.UsualAt : TimeOnly.TryParseExact(At.Now.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given) ? given : (TimeOnly?)null;
        return Rows.Any(row => row.IsWrong) || Usual.Keep is not { } usual || at is null || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? null
            : new RetentionRules(usual, Channels.Where(row => row.Keep is not null).ToImmutableSortedDictionary(row => row.Channel!, row => row.Keep!), at.Value, zone);
    }

    /// <summary>YAML 1.1 reads some times of day as numbers in sixties.</summary>
    private static YamlChange Quoted(YamlChange change) => change.Value is { } value && value[0] != '\'' ? change with { Value = $"\"{value}\"" } : change;

    private static string Text(YamlMapping? map, string key) => (map?.Find(key) as YamlScalar)?.Text ?? "";
}
