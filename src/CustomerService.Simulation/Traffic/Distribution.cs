using CustomerService.Simulation.Hosting;

namespace CustomerService.Simulation.Traffic;

/// <summary>How long something takes, which differs from time to time. In seconds.</summary>
public abstract record Distribution
{
    private Distribution()
    {
    }

    public abstract double Mean { get; }

    public abstract double Draw(Dice dice);

    /// <summary>Always the same.</summary>
    public sealed record Exactly(double Seconds) : Distribution
    {
        public override double Mean => Seconds;

        public override double Draw(Dice dice) => Seconds;

        public override string ToString() => $"always {DayText.Short(Seconds)}";
    }

    /// <summary>Without memory: what is left is always as long as the whole.</summary>
    public sealed record Exponential(double MeanSeconds) : Distribution
    {
        public override double Mean => MeanSeconds;

        public override double Draw(Dice dice) => -MeanSeconds * Math.Log(1 - dice.Fraction());

        public override string ToString() => $"exponential, {DayText.Short(MeanSeconds)} on average";
    }

    /// <summary>Mostly shorter than the mean, now and then much longer, as people's work is.</summary>
    /// <param name="Spread">Standard deviation as a part of the mean.</param>
    public sealed record LogNormal(double MeanSeconds, double Spread) : Distribution
    {
        public override double Mean => MeanSeconds;

        public override double Draw(Dice dice)
        {
            var variance = Math.Log(1 + (Spread * Spread));
            var normal = Math.Sqrt(-2 * Math.Log(1 - dice.Fraction())) * Math.Cos(2 * Math.PI * dice.Fraction());
            return MeanSeconds * Math.Exp((Math.Sqrt(variance) * normal) - (variance / 2));
        }

        public override string ToString() => $"log-normal, {DayText.Short(MeanSeconds)} on average";
    }
}
