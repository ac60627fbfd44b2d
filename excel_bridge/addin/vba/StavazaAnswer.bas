Option Explicit

' The answer of Python: a small ASCII file, shown as a message; a question is asked and passed on.

Private pressed As String
Private pending As String
Private waiting As Boolean

Public Sub StavazaPress(ByVal functionName As String, Optional ByVal proof As String = "")
    If ActiveWorkbook Is Nothing Then
        StavazaTell STAVAZA_T_NO_WORKBOOK, vbExclamation
        Exit Sub
    End If
    pressed = functionName
    pending = StavazaAnswerFile()
    StavazaErase pending
    If Not RunPython("import excel_bridge.addin; excel_bridge.addin." & functionName & "()", pending, proof) Then Exit Sub
    #If Mac Then
        ' Excel does not wait there: Python calls StavazaDone when it is done.
        waiting = True
        Application.OnTime Now + TimeSerial(0, 3, 0), "StavazaLate"
    #Else
        StavazaDone
    #End If
End Sub

Public Sub StavazaLate()
    ' Python never answered: else the status bar would say for ever that it is busy.
    If waiting Then StavazaDone
End Sub

Public Sub StavazaDone()
    Dim content As String
    waiting = False
    Application.StatusBar = False
    If Not StavazaIsFile(pending) Then
        StavazaTell Replace(STAVAZA_T_NO_ANSWER, "{log}", StavazaLogFile()), vbCritical
        Exit Sub
    End If
    content = StavazaRead(pending)
    StavazaErase pending
    StavazaShow content, pressed
End Sub

Public Sub StavazaShow(ByVal content As String, ByVal functionName As String)
    Dim text As String
    Dim proof As String
    text = StavazaDecode(StavazaField(content, "text"))
    proof = StavazaField(content, "proof")
    Select Case StavazaField(content, "kind")
        Case "done"
            StavazaTell text, vbInformation
        Case "shown"
            StavazaFreezeHeads
        Case "ask"
            If MsgBox(text, vbYesNo + vbQuestion, STAVAZA_NAME) = vbYes Then
                If StavazaIsProof(proof) Then StavazaPress functionName, proof
            End If
        Case Else
            StavazaTell text, vbExclamation
    End Select
End Sub

Public Sub StavazaTell(ByVal text As String, ByVal kind As Long)
    MsgBox text, kind, STAVAZA_NAME
End Sub

Public Function StavazaField(ByVal content As String, ByVal key As String) As String
    Dim lines As Variant
    Dim number As Long
    lines = Split(Replace(content, vbCr, ""), vbLf)
    For number = LBound(lines) To UBound(lines)
        If Left$(lines(number), Len(key) + 1) = key & "=" Then
            StavazaField = Mid$(lines(number), Len(key) + 2)
            Exit Function
        End If
    Next number
End Function

Public Function StavazaIsProof(ByVal proof As String) As Boolean
    ' Hexadecimal digits alone: it comes back on a command line.
    Dim place As Long
    If Len(proof) <> 32 Then Exit Function
    For place = 1 To Len(proof)
        If InStr("0123456789abcdef", Mid$(proof, place, 1)) = 0 Then Exit Function
    Next place
    StavazaIsProof = True
End Function
