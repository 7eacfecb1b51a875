using System.Collections.Immutable;

namespace CustomerService.Language;

/// <summary>A question that a model is to answer, with the right answers of the examples.</summary>
/// <param name="Head">The head's name.</param>
/// <param name="IsOneOfMany">Whether an example has exactly one label; else any number.</param>
/// <param name="LabelsOf">By example; default where the example does not take part.</param>
/// <param name="Cost">See <see cref="TrainingOptions.Cost"/>.</param>
/// <param name="RightAnswersGivenUp">See <see cref="TrainingOptions.RightAnswersGivenUp"/>.</param>
/// <param name="Sureness">What slope and offset of the confidences are multiplied by: 1 where those who will write do so as the examples' writers did, less where they are others.</param>
internal sealed record TrainingTask(string Head, bool IsOneOfMany, IReadOnlyList<ImmutableArray<string>> LabelsOf, double Cost, double RightAnswersGivenUp, double Sureness = 1)
{
    public ImmutableArray<string> Labels { get; } = LabelsOf.Where(labels => !labels.IsDefault).SelectMany(labels => labels).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();

    /// <summary>The examples that take part.</summary>
    public int[] Rows { get; } = [.. Enumerable.Range(0, LabelsOf.Count).Where(row => !LabelsOf[row].IsDefault)];

    /// <summary>The label's place among <see cref="Labels"/>.</summary>
    public int PlaceOf(string label) => ImmutableArray.BinarySearch(Labels, label, StringComparer.Ordinal);

    /// <summary>For every <see cref="Planes.Width"/> labels: by example the labels that it has, a bit each.</summary>
    public ushort[][] LabelBits()
    {
        var blocks = Enumerable.Range(0, (Labels.Length + Planes.Width - 1) / Planes.Width).Select(_ => new ushort[LabelsOf.Count]).ToArray();
        foreach (var row in Rows)
        {
            foreach (var label in LabelsOf[row])
            {
                var place = PlaceOf(label);
                blocks[place / Planes.Width][row] |= (ushort)(1 << (place % Planes.Width));
            }
        }

        return blocks;
    }

    /// <summary>
    /// For every example its part of <paramref name="folds"/>: each label's examples are cut into runs, so that every part has a like share of every label, and examples
    /// that were written one after another, and so are often alike, are not torn apart.
    /// </summary>
    public int[] Folds(int folds)
    {
        var keys = LabelsOf.Select(labels => labels.IsDefault ? null : string.Join('\n', labels)).ToArray();
        var sizes = keys.OfType<string>().CountBy(key => key).ToDictionary();
        var seen = new Dictionary<string, int>();
        return Array.ConvertAll(keys, key => key is null ? -1 : (int)((long)((seen[key] = seen.GetValueOrDefault(key) + 1) - 1) * folds / sizes[key]));
    }
}
