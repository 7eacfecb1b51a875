namespace CustomerService.Bench.Traffic;

/// <summary>Draws one of n, where the k-th is drawn in proportion to 1 / k^exponent; an exponent of 0 draws all alike.</summary>
internal sealed class ZipfDistribution
{
    private readonly double[] _upTo;

    public ZipfDistribution(int count, double exponent)
    {
        _upTo = new double[count];
        var sum = 0.0;
        for (var k = 0; k < count; k++)
            _upTo[k] = sum += Math.Pow(k + 1, -exponent);
    }

    public int Draw(Random random)
    {
        var found = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        return Math.Min(found < 0 ? ~found : found, _upTo.Length - 1);
    }
}
