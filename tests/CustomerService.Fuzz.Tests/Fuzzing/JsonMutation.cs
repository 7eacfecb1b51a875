using System.Text.Json;

namespace CustomerService.Fuzz.Tests.Fuzzing;

/// <summary>Changes JSON that stays JSON: something else where a value is expected, or values of other places.</summary>
internal static class JsonMutation
{
    private static readonly byte[][] Odd = Mutation.Words(
        "null", "true", "0", "-1", "1e999", "-0.0", "123456789012345678901234567890", "9223372036854775808", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\" \"", "[]", "[null,[],{},1]", "{}", "{\"id\":[]}",
        "{\"\":{}}", "\"2026-02-30T25:61:61Z\"", "\"../../etc/passwd\"", "\"javascript:alert(1)\"", "\"<script>\"", "\"\\u202e\\ufeff\\u200b\"", "\"https://127.0.0.1:9/x\"", "\"-1\"", "\"99999999999999999999\"",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "\"" + new string('x', 70_000) + "\"", "\"" + new string('\u00e9', 3_000) + "\"");

    public static byte[] Of(Random random, byte[] json, byte[] other)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var values = Values(json);
            if (values.Count == 0)
                return json;
            var (start, end) = random.Any(values);
            var with = random.Next(4) switch
            {
                0 when Values(other) is { Count: > 0 } theirs && random.Any(theirs) is var (from, to) => other[from..to],
                1 when random.Any(values) is var (from, to) => json[from..to],
                _ => random.Any(Odd),
            };
            if (json.Length - (end - start) + with.Length <= 200_000)
                json = [.. json.AsSpan(0, start), .. with, .. json.AsSpan(end)];
        }

        return json;
    }

    /// <summary>Where each value begins and ends.</summary>
    private static List<(int Start, int End)> Values(byte[] json)
    {
        var values = new List<(int, int)>();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((int)reader.TokenStartIndex);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        values.Add((open.Pop(), (int)reader.BytesConsumed));
                        break;
                    case JsonTokenType.PropertyName:
                        break;
                    default:
                        values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // Up to there it is some.
        }

        return values;
    }
}
