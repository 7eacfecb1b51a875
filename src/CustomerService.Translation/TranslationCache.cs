using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Translation;

/// <summary>The last translations, by service, pair and text. What was said before is said the same way, and asked of nobody.</summary>
internal sealed class TranslationCache(int most = TranslationCache.Most)
{
    public const int Most = 2_000;

    /// <summary>Longer texts hardly come twice.</summary>
    private const int LongestKept = 4_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LinkedListNode<(Key Key, string Text)>> _byKey = [];
    private readonly LinkedList<(Key Key, string Text)> _oldestFirst = new();

    /// <param name="restored">What its protected parts become: other terms are another translation.</param>
    public static Key KeyOf(string provider, LanguagePair pair, string text, IEnumerable<string> restored) =>
        new(provider, pair, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\0{string.Join('\0', restored)}"))));

    public string? Find(Key key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
                return null;
            _oldestFirst.Remove(node);
            _oldestFirst.AddLast(node);
            return node.Value.Text;
        }
    }

    public void Keep(Key key, string translated)
    {
        if (translated.Length > LongestKept)
            return;
        lock (_gate)
        {
            if (_byKey.Remove(key, out var known))
                _oldestFirst.Remove(known);
            _byKey[key] = _oldestFirst.AddLast((key, translated));
            if (_byKey.Count > most && _oldestFirst.First is { } oldest)
            {
                _byKey.Remove(oldest.Value.Key);
                _oldestFirst.RemoveFirst();
            }
        }
    }

    internal readonly record struct Key(string Provider, LanguagePair Pair, string Hash);
}
