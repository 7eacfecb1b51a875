using System.Collections.Immutable;
using CustomerService.Integrations.Orders;
using CustomerService.Language;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// "To my other address", "with another card": a value is taken back. Where only one other is known it is that one, else it is asked for.
/// </summary>
internal static class OtherWords
{
    // So many words may stand between "another" and what it is that shall be another.
    private const int Between = 2;

    private static readonly string[] Another = Words("other,another,different,otro,otra,distinto,distinta,diferente,autre,differente,different,andere,anderen,anderer,anderes,別の,他の,ほかの,違う,もう一つの");

    private static readonly string[] Own = Words(
        "home address,default address,address on file,address in my account,address of my account,account address,my usual address,direccion predeterminada,direccion de casa,direccion de mi cuenta,direccion habitual,adresse par defaut,adresse de mon compte,adresse habituelle,mon domicile,standardadresse,heimatadresse,adresse in meinem konto,adresse meines kontos,登録住所,登録している住所,登録してある住所,自宅の住所,自宅");

    private static readonly string[] Methods = Words("card,payment,payment method,method,account,tarjeta,forma de pago,metodo,pago,carte,moyen de paiement,paiement,moyen,karte,zahlungsart,zahlungsweise,カード,支払い方法,支払方法,お支払い");
    private static readonly string[] Addresses = Words("address,place,direccion,domicilio,adresse,anschrift,住所,届け先,送り先");
    private static readonly string[] Items = Words("item,items,article,articulo,articulos,articles,artikel,商品,品物");
    private static readonly string[] Variants = Words("colour,color,size,variant,version,one,talla,tamano,modelo,couleur,taille,modele,farbe,grosse,variante,ausfuhrung,色,サイズ,種類");

    /// <returns>The value that is meant; <see cref="SlotText.TakenBack"/>: another one, and it is not said which; null: nothing of the kind is said.</returns>
    public static string? Read(SlotDefinition slot, SlotReading reading)
    {
        var folded = FoldedText.Of(reading.Text);
        if (slot.Type == SlotType.Address && (reading.Correcting || reading.Asked == slot.Name) && reading.View.Records is { } records && Own.Any(words => FoldedText.Has(folded, words)))
            return Text(records.Customer.Address);
        if (!reading.Correcting || reading.View.Value(slot.Name) is not { } now || !SaysAnother(folded, slot.Type))
            return null;
        var others = slot.Type switch
        {
            SlotType.PaymentMethod => SlotRules.Choices(slot, reading.View).Where(choice => choice != now),
            SlotType.Address => Known(reading.View).Where(address => address != now),
            _ => [],
        };
        return others.ToList() is [var one] ? one : SlotText.TakenBack;
    }

    // The addresses that the shop has of the customer: their own, and those of their orders.
    private static IEnumerable<string> Known(SlotView view) => view.Records is { } records
        ? records.Orders.Select(order => order.Address).Prepend(records.Customer.Address).Select(Text).Distinct(StringComparer.Ordinal)
        : [];

    private static string Text(Address address) => SlotText.Of(new Dictionary<string, string?>
    {
        [AddressParts.Street] = address.Line1,
        [AddressParts.Extra] = address.Line2,
        [AddressParts.City] = address.City,
        [AddressParts.State] = address.State,
        [AddressParts.Postcode] = address.PostalCode,
        [AddressParts.Country] = address.Country,
    }.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => KeyValuePair.Create(part.Key, part.Value!)));

    private static bool SaysAnother(string folded, SlotType type)
    {
        string[] nouns = type switch
        {
            SlotType.PaymentMethod => Methods,
            SlotType.Address => Addresses,
            SlotType.OrderItems => Items,
            SlotType.Variants => Variants,
            _ => [],
        };
        return Another.Any(another => nouns.Any(noun => AreClose(folded, another, noun)));
    }

    // In either order: "another card", "una tarjeta distinta".
    private static bool AreClose(string folded, string another, string noun)
    {
        var (first, second) = (FoldedText.IndexOf(folded, another, 0), FoldedText.IndexOf(folded, noun, 0));
        if (first < 0 || second < 0)
            return false;
        if (FoldedText.IsUnspaced(another[0]))
            return true;
        var (from, to) = first < second ? (first + another.Length, second) : (second + noun.Length, first);
        return to >= from && folded[from..to].Count(' '.Equals) <= Between + 1;
    }

    private static string[] Words(string list) => [.. list.Split(',').Select(word => FoldedText.Of(word).Trim()).Distinct()];
}
