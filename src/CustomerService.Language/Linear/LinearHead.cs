using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>One question that a <see cref="LinearModel"/> answers, and the labels that it answers with.</summary>
public sealed class LinearHead
{
    public const string Intent = "intent";
    internal const string Sentiment = "sentiment";
    internal const string Emotion = "emotion";
    internal const string Urgency = "urgency";
    internal const string Language = "language";

    private readonly bool _isOneOfMany;

    internal LinearHead(string name, bool isOneOfMany, int first, ImmutableArray<string> labels, Calibration calibration)
    {
        (Name, _isOneOfMany, First, Labels, Calibration) = (name, isOneOfMany, first, labels, calibration);
        UnknownLabel = labels.IndexOf(IntentRanking.Unknown);
    }

    public string Name { get; }

    /// <summary>What can be answered, in ordinal order; may include <see cref="IntentRanking.Unknown"/>.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>A top label whose confidence is below this (0…1) is not to be trusted; measured on examples held out while training.</summary>
    public double Threshold => Calibration.Threshold;

    /// <summary>Whether exactly one label holds; else any number may, each by itself.</summary>
    internal bool IsOneOfMany => _isOneOfMany;

    /// <summary>The place of its first label among the model's margins.</summary>
    internal int First { get; }

    internal Calibration Calibration { get; }

    /// <summary>The place of <see cref="IntentRanking.Unknown"/> among the labels, or -1.</summary>
    internal int UnknownLabel { get; }

    /// <summary>The head's part of all margins, turned into probabilities where it stands.</summary>
    internal Span<float> Confidences(Span<float> margins)
    {
        var own = margins.Slice(First, Labels.Length);
        if (_isOneOfMany)
            Calibration.OneOfMany(own);
        else
            Calibration.EachByItself(own);
        return own;
    }
}
