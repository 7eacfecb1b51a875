using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Voice;

/// <summary>The addresses of a call's steps. They carry where the call stands, and the provider signs them with the rest of each request.</summary>
internal static class CallLinks
{
    public const string Menu = "menu";
    public const string Heard = "heard";
    public const string Silence = "silence";
    public const string Wait = "wait";
    public const string Line = "line";
    public const string Dialed = "dialed";
    public const string Whisper = "whisper";
    public const string Accept = "accept";
    public const string Recorded = "recorded";
    public const string Recording = "recording";
    public const string Transcript = "transcript";
    public const string Status = "status";

    public static string To(string step, CallMoment moment) => string.Create(
        CultureInfo.InvariantCulture,
        $"{moment.Home}/{step}?call={Uri.EscapeDataString(moment.CallId)}&lang={moment.Language}&after={moment.After}&turn={moment.Turn}&silent={moment.Silences}&round={moment.Round}&told={moment.Told}{(moment.Rung is null ? "" : $"&rung={Uri.EscapeDataString(moment.Rung)}")}");

    /// <summary>Where the call stands, as its address says.</summary>
    public static CallMoment Read(ImmutableDictionary<string, string> values, CallMoment moment) => moment with
    {
        After = Number(values, "after"),
        Turn = (int)Math.Min(Number(values, "turn"), int.MaxValue - 1),
        Silences = (int)Math.Min(Number(values, "silent"), int.MaxValue - 1),
        Round = (int)Math.Min(Number(values, "round"), int.MaxValue - 1),
        Told = (int)Math.Min(Number(values, "told"), int.MaxValue - 1),
        Rung = values.GetValueOrDefault("rung"),
    };

    /// <summary>The account's own address, without what follows it.</summary>
    public static string HomeOf(WebhookRequest request)
    {
        var path = request.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return request.Rest.Length > 0 && path.EndsWith("/" + request.Rest, StringComparison.Ordinal) ? path[..^(request.Rest.Length + 1)] : path;
    }

    private static long Number(ImmutableDictionary<string, string> values, string name) =>
        long.TryParse(values.GetValueOrDefault(name, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
