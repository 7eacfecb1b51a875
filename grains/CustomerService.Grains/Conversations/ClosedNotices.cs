using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Grains.Conversations;

/// <summary>What a customer is told who comes outside the hours of the people they wait for.</summary>
public static class ClosedNotices
{
    private static readonly ImmutableDictionary<string, Wording> Wordings = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("en", new Wording(
            "Our team is not here right now.", "We are back on {0}.", "Your message is kept in its place and will be answered then.",
            "If you would rather be called back, ask for a call back here: you keep your place.",
            ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"])),
        KeyValuePair.Create("es", new Wording(
            "Nuestro equipo no está disponible en este momento.", "Volvemos el {0}.", "Su mensaje conserva su turno y recibirá respuesta entonces.",
            "Si prefiere que le llamemos, pida aquí que le llamen: conserva su turno.",
            ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"])),
        KeyValuePair.Create("fr", new Wording(
            "Notre équipe est absente pour le moment.", "Nous serons de retour le {0}.", "Votre message garde sa place et recevra alors une réponse.",
            "Si vous préférez être rappelé, demandez ici un rappel : vous gardez votre place.",
            ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"])),
        KeyValuePair.Create("de", new Wording(
            "Unser Team ist gerade nicht da.", "Wir sind wieder da am {0}.", "Ihre Nachricht behält ihren Platz und wird dann beantwortet.",
            "Wenn Sie lieber zurückgerufen werden möchten, fordern Sie hier einen Rückruf an: Ihr Platz bleibt Ihnen.",
            ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"])),
        KeyValuePair.Create("ja", new Wording(
            "ただいま営業時間外です。", "次の営業開始は{0}です。", "メッセージは順番を保ったままお預かりし、営業開始後にお返事いたします。",
            "お電話をご希望の場合は、こちらから折り返しをお申し込みください。順番はそのまま保たれます。",
            ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"])),
    ]);

    /// <summary>In that language (ISO 639-1), else in English; the opening in the calendar's time.</summary>
    public static OutgoingMessage For(string? language, DateTimeOffset? opensAt, BusinessCalendar? calendar, bool offerCallback)
    {
        var wording = Wordings.GetValueOrDefault(language ?? "en") ?? Wordings["en"];
        string[] parts =
        [
            wording.Closed,
            opensAt is { } at ? string.Format(CultureInfo.InvariantCulture, wording.Opens, Local(at, calendar, wording)) : "",
            wording.Kept,
            offerCallback ? wording.Callback : "",
        ];
        return new OutgoingMessage(string.Join(wording.Closed.EndsWith('。') ? "" : " ", parts.Where(part => part.Length > 0)), Actions: [], Sources: []);
    }

    private static string Local(DateTimeOffset at, BusinessCalendar? calendar, Wording wording)
    {
        var zone = calendar is not null && TimeZoneInfo.TryFindSystemTimeZoneById(calendar.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return string.Create(CultureInfo.InvariantCulture, $"{wording.Days[(int)local.DayOfWeek]}, {local:yyyy-MM-dd}, {local:HH:mm} ({zone.Id})");
    }

    private sealed record Wording(string Closed, string Opens, string Kept, string Callback, ImmutableArray<string> Days);
}
