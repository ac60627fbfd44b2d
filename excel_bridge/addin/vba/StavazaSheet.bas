Option Explicit

' The proposal sheet as far as it needs no Python: is it there, and take it out.

Public Function StavazaHasProposal(ByVal book As Object) As Boolean
    Dim sheet As Object
    For Each sheet In book.Worksheets
        If LCase$(sheet.Name) = LCase$(STAVAZA_SHEET) Then StavazaHasProposal = True
    Next sheet
End Function

Public Sub StavazaRemoveProposal(ByVal book As Object)
    Dim alerts As Boolean
    If Not StavazaHasProposal(book) Then Exit Sub
    alerts = Application.DisplayAlerts
    Application.DisplayAlerts = False
    On Error Resume Next
    book.Worksheets(STAVAZA_SHEET).Delete
    On Error GoTo 0
    Application.DisplayAlerts = alerts
End Sub
