namespace CustomerService.Language;

/// <summary>The names of the emotions that the corpus labels.</summary>
internal static class Emotion
{
    public const string Anger = "anger";
    public const string Frustration = "frustration";
    public const string Sadness = "sadness";
    public const string Fear = "fear";
    public const string Confusion = "confusion";
    public const string Joy = "joy";
    public const string Gratitude = "gratitude";

    public static readonly IReadOnlySet<string> All = new HashSet<string> { Anger, Frustration, Sadness, Fear, Confusion, Joy, Gratitude };

    /// <summary>Whether the emotion can be meant at this sentiment score: no joy in a complaint, no anger in thanks.</summary>
    public static bool Fits(string emotion, double score) => emotion switch
    {
        Joy or Gratitude => score > 0.1,
        Anger => score < -0.2,
        Frustration or Sadness or Fear => score < 0.1,
        _ => score < 0.4,
    };
}
