namespace CustomerService.Fuzz.Tests.Fuzzing;

/// <summary>Changes bytes at random, in ways that readers trip over.</summary>
internal static class Mutation
{
    private const int Longest = 400_000;

    /// <param name="other">Parts of it come in.</param>
    /// <param name="words">What means something to the reader.</param>
    public static byte[] Of(Random random, byte[] seed, byte[] other, IReadOnlyList<byte[]> words, int most = 12)
    {
        var bytes = new List<byte>(seed);
        for (var changes = random.Next(1, most); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 64), bytes.Count - at);
            switch (random.Next(32))
            {
                case < 5 when length > 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case < 10:
                    bytes.RemoveRange(at, length);
                    break;
                case < 17:
                    bytes.InsertRange(at, words[random.Next(words.Count)]);
                    break;
                case < 20:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case < 25 when other.Length > 0:
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 400), other.Length - from)));
                    break;
                case 25:
                    Repeat(random, bytes, at, random.Next(2) == 0 ? words[random.Next(words.Count)] : [.. bytes.GetRange(at, length)]);
                    break;
                case 26 when length > 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 400)));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>What costs little once may cost much when there are thousands.</summary>
    private static void Repeat(Random random, List<byte> bytes, int at, byte[] what)
    {
        var times = Math.Min(1 << random.Next(1, 15), (Longest - bytes.Count) / Math.Max(1, what.Length));
        if (times > 0)
            bytes.InsertRange(at, Enumerable.Repeat(what, times).SelectMany(each => each));
    }

    public static T Any<T>(this Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    public static byte[][] Words(params string[] words) => [.. words.Select(System.Text.Encoding.UTF8.GetBytes)];
}
