using System.Text.Json;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Grains.Tests.Contracts;

public sealed class EmbeddedJsonTests
{
    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{ "tasks": [ {"note": "say \"hello\" – ü \ud83d\ude00"} ], "us": 1.50 }""")]
    public void Trace_IsStoredAsJson_AndReadBackAsWritten(string trace)
    {
        var written = Write(trace);

        Assert.Contains($"\"trace\":{trace}", written, StringComparison.Ordinal);
        Assert.Equal(trace, Read(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a trace")]
    [InlineData("{")]
    [InlineData("{ not json }")]
    [InlineData("{} {}")]
    [InlineData("[1, 2]")]
    [InlineData("\"quoted\"")]
    public void OtherText_StaysText(string trace)
    {
        var written = Write(trace);

        Assert.Equal(JsonValueKind.String, JsonDocument.Parse(written).RootElement.GetProperty("trace").ValueKind);
        Assert.Equal(trace, Read(written));
    }

    [Fact]
    public void JsonTooDeepForReaders_StaysText()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 62)) + "1" + new string('}', 62);

        Assert.Equal(deep, Read(Write(deep)));
    }

    [Fact]
    public void TraceOfAnEarlierRelease_WhichWasText_IsRead() =>
        Assert.Equal("""{"us":1}""", Read(Write("x").Replace("\"x\"", """
            "{\u0022us\u0022:1}"
            """, StringComparison.Ordinal)));

    [Fact]
    public void NoTrace_IsLeftOut() => Assert.DoesNotContain("trace", Write(null), StringComparison.Ordinal);

    private static string Write(string? trace) => JsonSerializer.Serialize<JournalEvent>(
        new RunCompleted("m-1", MessageSignals.Unknown, ResolutionTypes.Automated, ChannelNames.Chat, 1.5, trace), GrainsJson.Default.JournalEvent);

    private static string? Read(string stored) => ((RunCompleted)JsonSerializer.Deserialize(stored, GrainsJson.Default.JournalEvent)!).Trace;
}
