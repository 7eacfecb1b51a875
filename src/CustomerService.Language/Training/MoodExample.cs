using System.Collections.Immutable;
using System.Globalization;

namespace CustomerService.Language;

/// <summary>A line of the mood corpus: <c>score | emotions | urgency | text</c>.</summary>
internal sealed record MoodExample(double Score, ImmutableArray<string> Emotions, string Urgency, string Text)
{
    /// <summary>Reads a file; lines that start with # are comments.</summary>
    public static IEnumerable<MoodExample> ReadFile(string path) => File.ReadLines(path)
        .Select((line, index) => (line, number: index + 1))
        .Where(at => at.line.Length > 0 && at.line[0] != '#')
        .Select(at => Parse(at.line) ?? throw new InvalidDataException(
            $"{path}, line {at.number}: expected 'score | emotions | urgency | text' with a score of -1 to 1, emotions of {string.Join(", ", Emotion.All)} and an urgency of {string.Join(", ", UrgencyLevel.Names)}."));

    private static MoodExample? Parse(string line)
    {
        if (line.Split('|', 4, StringSplitOptions.TrimEntries) is not [var number, var emotions, var urgency, { Length: > 0 } text])
            return null;
        var labels = emotions.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && score is >= -1 and <= 1
            && labels.All(Emotion.All.Contains) && UrgencyLevel.Names.Contains(urgency)
            ? new MoodExample(score, labels, urgency, text)
            : null;
    }
}
