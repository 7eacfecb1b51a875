using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Tests.Quality.Personal;

/// <summary>Addresses with all that belongs to them: over lines, with flats before and after, boxes, houses with names, numbers after the street.</summary>
public sealed class PostalAddressesTests
{
    [Theory]
    [InlineData("Ship to:\nFlat 7, 3 Ferry Reach\nTruro\nTR1 2AB", "Ship to:\n[address]")]
    [InlineData("send it to Unit 4, 21 Dock Street, Hull HU1 3AE please", "send it to [address] please")]
    [InlineData("It's P.O. Box 77, Salem, OR 97301 now", "It's [address] now")]
    [InlineData("drop it at 4c King's Road, Truro TR1 2AB", "drop it at [address]")]
    [InlineData("We are at Rose Cottage, Mill Lane, Hexham NE46 1AA", "We are at [address]")]
    [InlineData("RR 2 Box 45, Salem, OR 97301", "[address]")]
    [InlineData("deliver to 88 Queen Street West, Toronto, ON M5H 2N2", "deliver to [address]")]
    [InlineData("send to 14 Wattle Street, Fitzroy VIC 3065", "send to [address]")]
    [InlineData("Apartado de correos 77, 41080 Sevilla", "[address]")]
    [InlineData("Escalera 2, calle del Pez 8, 28004 Madrid", "[address]")]
    [InlineData("Plaza Mayor s/n, 37002 Salamanca", "[address]")]
    [InlineData("Carretera de Burgos km 12, 28108 Alcobendas", "[address]")]
    [InlineData("envíen a Carrera 7 # 71-21, Bogotá", "envíen a [address], Bogotá")]
    [InlineData("Finca La Encina, 41710 Utrera", "[address]")]
    [InlineData("Résidence Les Pins, 6 rue du Stade\n33000 Bordeaux", "[address]")]
    [InlineData("BP 77, 69003 Lyon", "[address]")]
    [InlineData("rue de Lausanne 41, 1201 Genève", "[address]")]
    [InlineData("avenue Louise 120 - 1050 Bruxelles", "[address]")]
    [InlineData("chaussée d'Ixelles 12, boîte 4, 1050 Ixelles", "[address]")]
    [InlineData("77, rue Sherbrooke, app. 3, Québec (Québec) G1R 2B5", "[address]")]
    [InlineData("au lieu-dit, Les Granges, 24200 Sarlat", "au [address]")]
    [InlineData("lieu-dit Les Granges, 24200 Sarlat", "[address]")]
    [InlineData("bitte im Ahornweg 9 abstellen", "bitte [address] abstellen")]
    [InlineData("bitte in der Rosengasse 3a klingeln", "bitte [address] klingeln")]
    [InlineData("Postfach 77 01, 24103 Kiel", "[address]")]
    [InlineData("Landstraße 5/2/14\n1030 Wien", "[address]")]
    [InlineData("meine Adresse: Via Verdi 8, 20121 Milano", "meine Adresse: [address]")]
    [InlineData("Mijn address: Prinsengracht 12, 1015 DK Amsterdam", "Mijn address: [address]")]
    [InlineData("〒160-0022\n東京都新宿区新宿3-1-5", "[address]")]
    [InlineData("住所は軽井沢町長倉2148-5です", "住所は[address]です")]
    public void WholeAddress_IsFound(string text, string redacted) => Assert.Equal(redacted, Redaction.Redact(text).Text);

    [Theory]
    [InlineData("I ordered 2 items on the way home")]
    [InlineData("The 3 boxes by the gate are mine")]
    [InlineData("Room 12 in the Park Hotel was 40 square feet")]
    [InlineData("bitte am Freitag 14 Uhr liefern")]
    [InlineData("im Kiosk 3 Pakete abgegeben")]
    [InlineData("am Bahnhof 3 Mal gewartet")]
    [InlineData("La calle estaba cortada 3 horas")]
    [InlineData("Tengo 2 plazas de parking y 41 cajas")]
    [InlineData("La rue est à 12 minutes, 75 kilos en tout")]
    [InlineData("Il reste 4 places, 33 euros chacune")]
    [InlineData("大阪市の店まで20分かかります")]
    public void TalkOfPlaces_IsLeft(string text) => Assert.DoesNotContain(PersonalDetails.FindIn(text), detail => detail.Kind == DetailKind.Address);
}
