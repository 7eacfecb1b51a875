using System.Collections.Immutable;
using System.Globalization;
using CustomerService.AgentConsole.Administration;
using CustomerService.Grains.Retention;
using CustomerService.Pipelines.Definitions.Editing;

namespace CustomerService.AgentConsole.Retention;

/// <summary>How long something is kept, as a number and a unit, while it is being changed.</summary>
internal sealed class KeepRow
{
    /// <summary>The unit of what is kept as long as the rest.</summary>
    public const string AsUsual = "";

    private readonly FormValue _value;

    /// <param name="channel">Null: it is the time of all channels that have none of their own.</param>
    public KeepRow(string? channel, ImmutableArray<string> path, string before)
    {
        (Channel, _value) = (channel, new FormValue(path, before));
        var keep = KeepTime.Parse(before);
        Count = keep is { IsForever: false } ? keep.Count.ToString(CultureInfo.InvariantCulture) : "";
        Unit = before.Length == 0 ? AsUsual : (keep ?? KeepTime.Forever).UnitWord;
    }

    public string? Channel { get; }

    /// <summary>A whole number, where the unit has one.</summary>
    public string Count { get; set; }

    /// <summary><c>d</c>, <c>mo</c>, <c>y</c>, <see cref="KeepTime.ForeverWord"/> or <see cref="AsUsual"/>.</summary>
    public string Unit { get; set; }

    public bool HasCount => Unit is not (AsUsual or KeepTime.ForeverWord);

    /// <summary>As the file writes it; empty: nothing.</summary>
    public string Written => HasCount ? Count.Trim() + Unit : Unit;

    /// <summary>Null: what is written is no length of time, or nothing is.</summary>
    public KeepTime? Keep => Written.Length == 0 ? null : KeepTime.Parse(Written);

    public bool IsWrong => Written.Length > 0 && Keep is null;

    public IEnumerable<YamlChange> Changes()
    {
        _value.Now = Written;
        return _value.Changes();
    }
}
