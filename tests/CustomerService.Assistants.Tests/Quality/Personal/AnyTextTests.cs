using System.Text;
using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Tests.Quality.Personal;

/// <summary>Whatever the text, it is read to its end: every message and every answer passes here, so one that never ends would take a worker with it.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] Pieces =
    [
        "password", "contraseña", "mot de passe", "Passwort", "パスワード", "is", "is:", "=", "the code", "el código", "Code", "確認コード", "SMS", "card", "CVC", "12/27", "734",
        "4111 1111 1111 1111", "DE89 3704", "ES91", "+49", "(030)", "0044", "555-0100", "123-45-6789", "12345678Z", "street", "12 High Street", "rue", "75011 Paris", "Straße 4", "P.O. Box", "〒150-0001",
        "東京都渋谷区", "rosa@shop.example", "rosa at shop dot example", "one two three four", "uno dos tres", "Blue!Kettle9", "#W1234567", "https://shop.example/?a=1&b=2", "apt", "flat 4b", "Bâtiment C",
        ";", ",", ".", ":", "-", "--", "'", "\"", "“", "”", "«", "»", "`", "(", ")", "「", "」", "?", "!", "/", "\\", "|", "\n", "\r\n", "\t", " ", "  ", "\u00A0", "\u200B", "\u202E", "\uFEFF", "０", "１２", "一", "é", "e\u0301", "😀", "\uD83D", "\0",
    ];

    public static TheoryData<string> Repeated() => [.. Pieces];

    [Fact]
    public void TextsOfAnyPieces_AreReadToTheirEnd()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Mixed(random, random.Next(1, 25));
            var earlier = random.Next(4) == 0 ? new[] { Mixed(random, 6), Mixed(random, 6) } : null;

            Assert.All(PersonalDetails.FindIn(text, earlier), detail => Assert.InRange(detail.Start, 0, text.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Repeated))]
    public void LongRepetitions_AreReadToTheirEnd(string piece)
    {
        foreach (var between in new[] { "", " ", "; ", "\n" })
            Assert.NotNull(PersonalDetails.FindIn(string.Concat(Enumerable.Repeat(piece + between, 4_000 / (piece.Length + 1)))).ToArray());
    }

    private static string Mixed(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
            text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        return text.ToString();
    }
}
