using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Reporting.Conversations;

namespace CustomerService.Reporting.Tests.Conversations;

/// <summary>What the search must find, wherever the texts are kept.</summary>
internal static class ListSearchConformance
{
    public static async Task Search_FindsWordsOfFiveLanguages_ByTheirBeginnings(ListStore store)
    {
        var centre = new BusyCentre(31);
        Say(centre, "en-1", "The WAISTCOAT of order #W2378156 arrived torn.");
        Say(centre, "de-1", "Die Straße stimmt nicht, bitte ändern Sie die Lieferadresse.");
        Say(centre, "fr-1", "Je n'ai toujours pas reçu mon œuvre encadrée, c'est désolé.");
        Say(centre, "es-1", "¿Cuándo llegará mi pantalón? Mañana salgo de viaje.");
        Say(centre, "ja-1", "注文した商品がまだ届きません。ｷｬﾝｾﾙできますか");
        Say(centre, "ja-2", "カードの番号を変更したい");
        Say(centre, "odd-1", "\"quoted\" AND (or* NOT) ' -- '; \ud83d broken \ud83d\ude00 ende", subject: "Rechnung März");
        centre.Host.Ask(Grain.Conversation("en-1"), new AddNote("ada", "Refund promised by Zoë."));
        centre.Host.RunFor(TimeSpan.FromMinutes(1));
        var tables = await store.FollowAsync(centre);

        async Task Finds(string text, params string[] ids) => Assert.Equal(
            ids.Order(), (await tables.FindAsync(new ConversationFilter { Text = text }, limit: 100)).Rows.Select(row => row.Id).Order());

        await Finds("waistcoat", "en-1");
        await Finds("Waistc", "en-1");
        await Finds("waistcoat torn", "en-1");
        await Finds("waistcoat pantalón");
        await Finds("#w2378156", "en-1");
        await Finds("zoe", "en-1");
        await Finds("STRASSE", "de-1");
        await Finds("andern", "de-1");
        await Finds("recu", "fr-1");
        await Finds("désol", "fr-1");
        await Finds("PANTALON manana", "es-1");
        await Finds("商品", "ja-1");
        await Finds("届きません", "ja-1");
        await Finds("キャンセル", "ja-1");
        await Finds("番号", "ja-2");
        await Finds("い", "ja-2");
        await Finds("たい", "ja-2");
        await Finds("番商");
        await Finds("quoted\"", "odd-1");
        await Finds("ende", "odd-1");
        await Finds("marz", "odd-1");
        await Finds("ja-2@example.org", "ja-2");
        await Finds("¿?!");
        Assert.Equal(await tables.CountAsync(ConversationFilter.All), await tables.CountAsync(new ConversationFilter { Text = "  " }));
    }

    private static void Say(BusyCentre centre, string id, string text, string? subject = null) => centre.Host.Ask(
        Grain.Conversation(id),
        new ReceiveMessage(new Interaction($"m-{id}", ChannelNames.Chat, $"{id}@example.org", text, centre.Host.Now)
        {
            ChannelMetadata = subject is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add("subject", subject),
        }));
}
