using System.Collections.Immutable;

namespace CustomerService.Reporting.Spikes;

/// <summary>When a rise is told. Settings of the owner, see <c>content/alerts.yaml</c>.</summary>
public sealed record SpikeSettings
{
    /// <summary>Whether anything is told. Default true.</summary>
    public bool On { get; init; } = true;

    /// <summary>How many false alarms a week are put up with, all series together. Default 0.5.</summary>
    public double FalseAlarmsAWeek { get; init; } = 0.5;

    /// <summary>Fewer conversations than these in an hour are nothing to tell. Default 8.</summary>
    public int LeastCount { get; init; } = 8;

    /// <summary>Less than so many times what is usual is nothing to tell, however certain. Default 2.</summary>
    public double LeastRatio { get; init; } = 2;

    /// <summary>Intents that are never told.</summary>
    public ImmutableHashSet<string> QuietIntents { get; init; } = ["greeting", "goodbye", "thanks", "identity_details"];

    /// <summary>Words that are never told, lower case.</summary>
    public ImmutableHashSet<string> QuietWords { get; init; } = [];
}
