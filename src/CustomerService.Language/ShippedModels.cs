namespace CustomerService.Language;

/// <summary>The models and word lists inside this assembly; a folder may hold others of the same names that take their place.</summary>
internal static class ShippedModels
{
    public const string Languages = "languages.bin";
    public const string Intents = "en.intents.bin";
    public const string Sentiment = "en.sentiment.bin";
    public const string Emotions = "en.emotions.bin";
    public const string Urgency = "en.urgency.bin";

    public static LinearModel Model(string name, string? folder = null)
    {
        if (folder is not null && Path.Combine(folder, name) is var path && File.Exists(path))
            return LinearModel.Load(path);
        using var stream = Open(name);
        return LinearModel.Load(stream, name);
    }

    public static Lexicon Lexicon(string name)
    {
        using var reader = new StreamReader(Open(name));
        return Language.Lexicon.Parse(reader, name);
    }

    private static Stream Open(string name) =>
        typeof(ShippedModels).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly was built without {name}.");
}
