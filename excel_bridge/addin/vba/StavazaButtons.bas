Option Explicit

' What the buttons of the Stavaza tab call; the names are those of the ribbon.

Public Sub StavazaVoorstel(control As Object)
    StavazaPress "voorstel"
End Sub

Public Sub StavazaUitvoeren(control As Object)
    StavazaPress "uitvoeren"
End Sub

Public Sub StavazaVoorstelWeg(control As Object)
    ' Needs no Python: it works too where that may not start.
    If ActiveWorkbook Is Nothing Then Exit Sub
    StavazaRemoveProposal ActiveWorkbook
End Sub

Public Sub StavazaNaarExcel(control As Object)
    StavazaPress "naar_excel"
End Sub

Public Sub StavazaUitExcel(control As Object)
    StavazaPress "uit_excel"
End Sub

Public Sub StavazaOngedaanMaken(control As Object)
    StavazaPress "ongedaan_maken"
End Sub

Public Sub StavazaKoppelen(control As Object)
    StavazaPress "koppelen"
End Sub

Public Sub StavazaOpenen(control As Object)
    StavazaPress "openen"
End Sub

Public Sub StavazaOver(control As Object)
    StavazaPress "over"
End Sub
