using System.Collections.Immutable;
using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Traffic;

/// <summary>One of several, each with its weight.</summary>
public sealed class Mix(ImmutableArray<KeyValuePair<string, double>> weights)
{
    private readonly double _total = weights.Sum(each => each.Value);

    public static Mix Of(string only) => new([KeyValuePair.Create(only, 1d)]);

    public IEnumerable<string> Names => weights.Select(each => each.Key);

    public string Draw(Dice dice)
    {
        var left = dice.Fraction() * _total;
        foreach (var (name, weight) in weights)
        {
            if ((left -= weight) < 0)
                return name;
        }

        return weights[^1].Key;
    }
}
