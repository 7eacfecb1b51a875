using System.Collections.Immutable;
using System.Text.Json;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Social;

namespace CustomerService.Channels.Meta.Pages;

/// <summary>What a customer's message says, whatever stands in it, as a text and files.</summary>
internal static class PageContent
{
    private const int MostFiles = 30;

    public static (string Text, ImmutableArray<MediaReference> Media) Of(JsonElement message, string network)
    {
        var lines = new List<string> { message.Text("text") };
        var media = ImmutableArray.CreateBuilder<MediaReference>();
        foreach (var attachment in message.Items("attachments").Take(MostFiles))
        {
            var type = attachment.Text("type");
            var payload = attachment.Member("payload");
            var address = payload.Text("url") is { Length: > 0 } url ? url : attachment.Text("url");
            switch (type)
            {
                case "location":
                    lines.Add(CustomerWords.Place(attachment.Text("title"), "", payload.Member("coordinates").Text("lat"), payload.Member("coordinates").Text("long")));
                    break;
                case "fallback" or "template":
                    var words = new[] { attachment.Text("title") is { Length: > 0 } title ? title : payload.Text("title"), address };
                    lines.Add(words.All(word => word.Length == 0) ? CustomerWords.Unsupported(network, type) : string.Join('\n', words.Where(word => word.Length > 0)));
                    break;
                case var _ when address.Length > 0:
                    media.Add(new MediaReference(address, NameOf(address, type), "application/octet-stream"));
                    break;
                default:
                    lines.Add(CustomerWords.Unsupported(network, type));
                    break;
            }
        }

        var text = string.Join('\n', lines.Where(line => line.Length > 0));
        return (text.Length == 0 && media.Count == 0 ? CustomerWords.Unsupported(network, "") : text, media.ToImmutable());
    }

    /// <summary>Files keep their name; of pictures and sounds only the ending says something.</summary>
    private static string NameOf(string address, string type)
    {
        var kind = type.Length is > 0 and <= 20 ? type : "file";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var where))
            return AttachmentName.Safe(kind);
        var last = Uri.UnescapeDataString(where.AbsolutePath[(where.AbsolutePath.LastIndexOf('/') + 1)..]);
        var ending = Path.GetExtension(last);
        return AttachmentName.Safe(ending.Length is 0 or > 6 ? kind : type == "file" ? last : kind + ending);
    }
}
