using System.Buffers.Binary;
using CustomerService.Fuzz.Tests.Fuzzing;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>What a client puts on a WebSocket's wire (RFC 6455): right frames, changed ones, and what is none.</summary>
internal static class FrameWire
{
    private const byte Text = 1;
    private const byte Binary = 2;
    private const byte Close = 8;
    private const byte Ping = 9;

    public static readonly byte[][] Customer = Mutation.Words(
        """{"type":"message","id":"m-1","text":"Where is my order 4711?","metadata":{"page":"/cart"}}""", """{"type":"message","text":"Hello","attachments":["ticket"]}""", """{"type":"received","upTo":2}""",
        """{"type":"read","upTo":1}""", """{"type":"typing"}""", """{"type":"hello","token":"x"}""", """{"type":"dance"}""", "{}", "[]", "null", "");

    public static readonly byte[][] Agent = Mutation.Words(
        """{"type":"accept","id":"r1","offer":"o-1"}""", """{"type":"reject","id":"r2","offer":"o-1","reason":"busy"}""", """{"type":"presence","presence":"available","activity":"lunch","whenFree":true}""",
        """{"type":"wrap_up","id":"r3","conversation":"c","code":"done","note":"n"}""", """{"type":"presence","id":"r4","presence":"available"}""", """{"type":"alive"}""", "{}", "[]", "null", "");

    private static readonly byte[][] Words = Mutation.Words(
        "\"type\":", "\"id\":", "\"message\"", "\"read\"", "\"upTo\":", "9223372036854775807", "1e99", "-1", "\"\\ud800\"", "\\u0000", "\0", "{", "}", "[", "]", ",", "\ufeff", "\u202e", "null", "\"text\":\"", "\"presence\"", "\"offer\":");

    public static byte[] Make(Random random, byte[][] seeds)
    {
        var wire = new List<byte>();
        for (var frames = random.Next(1, 6); frames > 0; frames--)
            Add(wire, random, random.Next(4) switch { 0 => random.Any(seeds), 1 => Mutation.Of(random, random.Any(seeds), random.Any(seeds), Words, 6), _ => JsonMutation.Of(random, random.Any(seeds), random.Any(seeds)) });
        return random.Next(5) == 0 ? Mutation.Of(random, [.. wire], [0x81, 0xff, 0xff], [[0x88], [0x80], [0x81, 0x80, 0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]], 4) : [.. wire];
    }

    private static void Add(List<byte> wire, Random random, byte[] payload)
    {
        switch (random.Next(14))
        {
            case 0:
                Frame(wire, random, Binary, payload);
                break;
            case 1:
                Frame(wire, random, Ping, payload.AsSpan(0, Math.Min(payload.Length, random.Next(140))));
                break;
            case 2:
                Frame(wire, random, (byte)random.Next(16), payload, final: random.Next(2) == 0, reserved: random.Next(8));
                break;
            case 3:
                Frame(wire, random, Close, payload.AsSpan(0, Math.Min(payload.Length, random.Next(130))));
                break;
            case 4:
                Frame(wire, random, Text, payload, length: (ulong)random.NextInt64());
                break;
            case < 8:
                Pieces(wire, random, payload);
                break;
            default:
                Frame(wire, random, Text, payload);
                break;
        }
    }

    private static void Pieces(List<byte> wire, Random random, byte[] payload)
    {
        var at = 0;
        for (var first = true; first || at < payload.Length; first = false)
        {
            var length = Math.Min(payload.Length - at, random.Next(0, 1 + Math.Max(1, payload.Length / 3)) + (payload.Length / 50));
            Frame(wire, random, first ? Text : (byte)0, payload.AsSpan(at, length), final: at + length >= payload.Length);
            at += length;
            if (random.Next(6) == 0)
                Frame(wire, random, Ping, "in between"u8);
        }
    }

    /// <param name="length">What it claims; null: what it is.</param>
    private static void Frame(List<byte> wire, Random random, byte opcode, ReadOnlySpan<byte> payload, bool final = true, int reserved = 0, ulong? length = null)
    {
        wire.Add((byte)((final ? 0x80 : 0) | (reserved << 4) | opcode));
        var claimed = length ?? (ulong)payload.Length;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, claimed);
        if (claimed < 126)
            wire.Add((byte)(0x80 | (int)claimed));
        else if (claimed <= ushort.MaxValue)
            wire.AddRange([0x80 | 126, number[6], number[7]]);
        else
            wire.AddRange([0x80 | 127, .. number]);
        Span<byte> mask = stackalloc byte[4];
        random.NextBytes(mask);
        wire.AddRange(mask);
        for (var index = 0; index < payload.Length; index++)
            wire.Add((byte)(payload[index] ^ mask[index % 4]));
    }
}
