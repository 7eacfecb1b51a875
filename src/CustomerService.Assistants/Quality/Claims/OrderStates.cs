using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality.Claims;

/// <summary>What a text says an order's state is, in the five languages, by the order system's words.</summary>
internal static class OrderStates
{
    /// <summary>What is said of an order when it is in a state.</summary>
    private static readonly (string State, string[] Sayings)[] Sayings =
    [
        ("delivered",
            [
                "been delivered", "was delivered", "is delivered", "were delivered", "has arrived", "status delivered", "status: delivered", "ha sido entregado", "fue entregado", "está entregado", "se entregó", "se ha entregado", "consta como entregado", "ha llegado",
                "a été livré", "est livré", "a bien été livré", "est arrivé", "wurde zugestellt", "ist zugestellt", "wurde geliefert", "ist angekommen", "wurde ausgeliefert", "配達されました", "配達済み", "お届け済み", "配達が完了", "届いています", "届きました",
            ]),
        ("processed",
            [
                "been shipped", "was shipped", "has shipped", "is on its way", "is on the way", "in transit", "out for delivery", "ha sido enviado", "fue enviado", "se ha enviado", "está en camino", "va de camino", "en reparto",
                "a été expédié", "est expédié", "est en route", "en cours de livraison", "wurde versandt", "wurde verschickt", "ist unterwegs", "ist versandt", "発送されました", "発送しました", "発送済み", "配送中", "配達中",
            ]),
        ("pending",
            [
                "is being prepared", "is pending", "not been shipped", "has not been handed", "not shipped yet", "se está preparando", "está en preparación", "está pendiente", "aún no se ha enviado", "todavía no se ha enviado", "está siendo preparado",
                "est en préparation", "en cours de préparation", "est en attente", "pas encore été expédié", "n'a pas encore été remis", "wird vorbereitet", "ist in vorbereitung", "ist in bearbeitung", "noch nicht versandt", "noch nicht verschickt", "準備中", "手配中", "処理待ち", "まだ発送されていません",
            ]),
        ("cancelled",
            [
                "been cancelled", "was cancelled", "is cancelled", "been canceled", "was canceled", "is canceled", "ha sido cancelado", "fue cancelado", "está cancelado", "se ha cancelado", "ha sido anulado", "a été annulé", "est annulé",
                "wurde storniert", "ist storniert", "wurde abgebrochen", "キャンセルされました", "キャンセル済み", "キャンセルいたしました", "取り消されました",
            ]),
        ("refunded",
            [
                "been refunded", "was refunded", "refund has been issued", "refund was issued", "se ha reembolsado", "ha sido reembolsado", "a été remboursé", "wurde erstattet", "ist erstattet", "wurde zurückgezahlt", "返金されました", "返金済み", "返金しました",
            ]),
    ];

    private static readonly string[] Records = ["pending", "processed", "delivered", "cancelled", "return requested", "exchange requested"];

    /// <summary>Before a saying, they make it a case and not a claim: "once it has been delivered".</summary>
    private static readonly string[] Conditions =
    [
        "if ", "once ", "when ", "after ", "as soon as ", "until ", "unless ", "before ", "whether ", "not ", "n't ", "si ", "cuando ", "una vez ", "después ", "hasta ", "en cuanto ", "no ", "aún no ", "quand ", "lorsque ", "lorsqu'", "une fois ", "dès ", "après ", "s'il ", "n'a ", "n'est ", "pas ",
        "wenn ", "sobald ", "falls ", "nachdem ", "bis ", "sofern ", "nicht ", "ob ",
    ];

    private static readonly string[] JapaneseConditions = ["たら", "れば", "場合", "とき", "時は", "後", "まで", "次第", "ら、", "ません"];

    private static readonly string[] Subjects =
    [
        "order", "parcel", "package", "shipment", "it ", "#w", "pedido", "paquete", "envío", "commande", "colis", "bestellung", "paket", "sendung", "lieferung", "注文", "荷物", "商品", "ご注文", "お荷物", "refund", "reembolso", "remboursé", "erstattet", "返金",
    ];

    /// <summary>The states that are claimed, each with the words that claim it.</summary>
    public static ImmutableArray<(string State, string Words)> ClaimedIn(string plain)
    {
        var claimed = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var (state, sayings) in Sayings)
        {
            foreach (var saying in sayings)
            {
                var at = plain.IndexOf(saying, StringComparison.OrdinalIgnoreCase);
                if (at >= 0 && IsClaim(plain, at, at + saying.Length))
                {
                    claimed.Add((state, saying));
                    break;
                }
            }
        }

        return claimed.ToImmutable();
    }

    /// <summary>The states that records and texts give; none where no source speaks of one.</summary>
    public static HashSet<string> KnownTo(IEnumerable<string> sources)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var record in Records)
            {
                if (IsRecord(source, record))
                    known.Add(record);
            }

            foreach (var (state, _) in ClaimedIn(source))
                known.Add(state);
        }

        return known;
    }

    // A record's field: "delivered", "pending (item modified)", "status": "delivered". An article that speaks of deliveries is none.
    private static bool IsRecord(string source, string record)
    {
        if (source.Length < 60 && source.AsSpan().TrimStart().StartsWith(record, StringComparison.OrdinalIgnoreCase))
            return true;
        for (var at = source.IndexOf("status", StringComparison.OrdinalIgnoreCase); at >= 0; at = source.IndexOf("status", at + 6, StringComparison.OrdinalIgnoreCase))
        {
            var rest = source.AsSpan(at + 6).TrimStart("\": =_");
            if (rest.StartsWith(record, StringComparison.OrdinalIgnoreCase) || rest.StartsWith(record.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsClaim(string plain, int start, int end)
    {
        var from = plain.AsSpan(0, start).LastIndexOfAny(".!?\n。") + 1;
        var before = plain.AsSpan(from, start - from);
        foreach (var condition in Conditions)
        {
            if (before.StartsWith(condition, StringComparison.OrdinalIgnoreCase) || before.Contains(" " + condition, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        var rest = plain.AsSpan(end, Math.Min(8, plain.Length - end));
        foreach (var condition in JapaneseConditions)
        {
            if (rest.StartsWith(condition, StringComparison.Ordinal))
                return false;
        }

        var sentence = plain.AsSpan(from, end - from);
        foreach (var subject in Subjects)
        {
            if (sentence.Contains(subject, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
