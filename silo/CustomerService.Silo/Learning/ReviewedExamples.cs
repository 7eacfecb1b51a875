using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Learning;

/// <summary>
/// The file in which an owner's decisions about corrections stand, one a line as JSON. Accepted ones are examples in the form that <c>train</c> reads;
/// they outlive the conversations they come from.
/// </summary>
internal sealed class ReviewedExamples
{
    private readonly string _path;
    private readonly Dictionary<string, ReviewedExample> _bySource = new(StringComparer.Ordinal);

    private ReviewedExamples(string path) => _path = path;

    public IEnumerable<ReviewedExample> Accepted => _bySource.Values.Where(example => example.Accepted);

    /// <exception cref="CommandFailedException">A line is none of ours; the message names it.</exception>
    public static ReviewedExamples Open(string path)
    {
        var reviewed = new ReviewedExamples(path);
        if (!File.Exists(path))
            return reviewed;
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (line.Length == 0)
                continue;
            try
            {
                var example = JsonSerializer.Deserialize(line, LearningJson.Default.ReviewedExample) ?? throw new JsonException("it is null");
                reviewed._bySource[example.Source] = example;
            }
            catch (JsonException fault)
            {
                throw new CommandFailedException($"{path}, line {index + 1}: it is no reviewed example ({fault.Message.TrimEnd('.')}). Repair the line or delete it.");
            }
        }

        return reviewed;
    }

    /// <summary>Whether this correction was decided about as it stands now; a later correction of the same message is a new one.</summary>
    public bool Knows(CorrectedExample example) => _bySource.GetValueOrDefault(example.Source) is { } known && known.Intent == example.Intent;

    /// <summary>Keeps a decision. The newest about a message counts.</summary>
    public void Add(ReviewedExample example)
    {
        _bySource[example.Source] = example;
        File.AppendAllText(_path, JsonSerializer.Serialize(example, LearningJson.Default.ReviewedExample) + "\n");
    }
}

/// <param name="Source">See <see cref="CorrectedExample.Source"/>.</param>
/// <param name="Accepted">Whether the understanding may learn from it.</param>
internal sealed record ReviewedExample(string Source, string Text, string Intent, string? Language, bool Accepted);

/// <summary>What <c>train</c> reads of an example.</summary>
internal sealed record TrainingLine(string Text, string Intent, string? Language, string Source);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReviewedExample))]
[JsonSerializable(typeof(TrainingLine))]
internal sealed partial class LearningJson : JsonSerializerContext;
