using System.Collections.Immutable;

namespace CustomerService.Grains.Conversations;

/// <summary>What a customer is told when their message could not be processed and a person takes over.</summary>
public static class FallbackReplies
{
    private static readonly ImmutableDictionary<string, string> Texts = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("en", "Thank you for your message. I couldn't deal with it myself, so I have passed it to a colleague, who will answer you here as soon as possible."),
        KeyValuePair.Create("es", "Gracias por su mensaje. No he podido resolverlo por mi cuenta, así que lo he pasado a una persona de nuestro equipo, que le responderá aquí lo antes posible."),
        KeyValuePair.Create("fr", "Merci pour votre message. Je n'ai pas pu le traiter moi-même ; je l'ai donc transmis à un collègue, qui vous répondra ici dès que possible."),
        KeyValuePair.Create("de", "Vielen Dank für Ihre Nachricht. Ich konnte sie nicht selbst bearbeiten und habe sie an eine Kollegin oder einen Kollegen weitergegeben. Sie erhalten hier so bald wie möglich eine Antwort."),
        KeyValuePair.Create("ja", "お問い合わせありがとうございます。こちらでは対応できなかったため、担当者に引き継ぎました。できるだけ早くこちらでお返事いたします。"),
    ]);

    /// <summary>In that language (ISO 639-1), else in English.</summary>
    public static OutgoingMessage For(string? language) =>
        new(Texts.GetValueOrDefault(language ?? "en") ?? Texts["en"], Actions: [], Sources: []);
}
