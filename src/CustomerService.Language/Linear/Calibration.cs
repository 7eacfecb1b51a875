namespace CustomerService.Language;

/// <summary>
/// How margins become probabilities: Platt's sigmoid 1 / (1 + e^(slope·margin + offset)), fitted on examples that the scored
/// model had not seen; and the probability under which a top label is not to be trusted.
/// </summary>
internal readonly record struct Calibration(float Slope, float Offset, float Threshold)
{
    public float Confidence(float margin) => 1f / (1f + MathF.Exp(Slope * margin + Offset));
}
