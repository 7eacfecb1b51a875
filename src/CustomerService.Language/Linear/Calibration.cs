namespace CustomerService.Language;

/// <summary>
/// How a head's margins become probabilities, fitted on examples that the scored planes had not seen; and the probability
/// under which a top label is not to be trusted.
/// </summary>
/// <param name="Slope">Of the margins in the exponent.</param>
/// <param name="Offset">Of one-of-many labels the exponent of "none of these"; of independent labels that of "not this".</param>
/// <param name="Threshold">0…1.</param>
internal readonly record struct Calibration(float Slope, float Offset, float Threshold)
{
    /// <summary>
    /// Of labels that exclude each other: e^(slope·margin), divided by the sum of all and e^offset for none of them; so they and none add up to 1.
    /// </summary>
    public void OneOfMany(Span<float> margins)
    {
        var highest = Offset;
        foreach (ref var margin in margins)
        {
            margin *= Slope;
            highest = MathF.Max(highest, margin);
        }

        var sum = MathF.Exp(Offset - highest);
        foreach (ref var margin in margins)
        {
            margin = MathF.Exp(margin - highest);
            sum += margin;
        }

        foreach (ref var margin in margins)
            margin /= sum;
    }

    /// <summary>Of labels that do not care about each other: Platt's sigmoid.</summary>
    public void EachByItself(Span<float> margins)
    {
        foreach (ref var margin in margins)
            margin = 1f / (1f + MathF.Exp(Offset - Slope * margin));
    }
}
