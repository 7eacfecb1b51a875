using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Social;

namespace CustomerService.Channels.Telegram;

/// <summary>What a person's message says, whatever kind it is, as a text and files.</summary>
internal static class TelegramContent
{
    /// <summary>Kinds of files with the type that they are of where the message does not say.</summary>
    private static readonly (string Kind, string MediaType)[] Files =
    [
        // An animation is told as a document too.
        ("animation", "video/mp4"), ("document", "application/octet-stream"), ("video", "video/mp4"), ("video_note", "video/mp4"), ("voice", "audio/ogg"), ("audio", "audio/mpeg"),
    ];

    /// <summary>Changes of the chat itself, which nobody said.</summary>
    private static readonly string[] Unsaid = ["pinned_message", "delete_chat_photo", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set"];

    public static (string Text, ImmutableArray<MediaReference> Media) Of(JsonElement message)
    {
        if (message.Text("text") is { Length: > 0 } text)
            return (text, []);
        var caption = message.Text("caption");
        // The same picture in several sizes; the last is the largest.
        if (message.Items("photo").LastOrDefault() is { ValueKind: JsonValueKind.Object } photo && photo.Text("file_id") is { Length: > 0 } picture)
            return (caption, [new MediaReference(picture, "photo.jpg", "image/jpeg")]);
        foreach (var (kind, usual) in Files)
        {
            if (message.Member(kind) is { ValueKind: JsonValueKind.Object } file && file.Text("file_id") is { Length: > 0 } id)
                return (caption, [File(kind, file, id, usual)]);
        }

        if (message.Member("sticker") is { ValueKind: JsonValueKind.Object } sticker)
            return (sticker.Text("emoji") is { Length: > 0 } emoji ? emoji : CustomerWords.Unsupported("Telegram", "sticker"), []);
        if (message.Member("venue") is { ValueKind: JsonValueKind.Object } venue)
            return (CustomerWords.Place(venue.Text("title"), venue.Text("address"), venue.Member("location").Text("latitude"), venue.Member("location").Text("longitude")), []);
        if (message.Member("location") is { ValueKind: JsonValueKind.Object } place)
            return (CustomerWords.Place("", "", place.Text("latitude"), place.Text("longitude")), []);
        if (message.Member("contact") is { ValueKind: JsonValueKind.Object } contact)
            return (CustomerWords.Person($"{contact.Text("first_name")} {contact.Text("last_name")}".Trim(), [contact.Text("phone_number")]), []);
        return (Unsaid.Any(name => message.Has(name)) ? "" : CustomerWords.Unsupported("Telegram", ""), []);
    }

    private static MediaReference File(string kind, JsonElement file, string id, string usual)
    {
        var mediaType = file.Text("mime_type") is { Length: > 0 } said ? said : usual;
        return new MediaReference(id, file.Text("file_name") is { Length: > 0 } name ? name : FileNames.ForType(kind, mediaType), mediaType);
    }
}
