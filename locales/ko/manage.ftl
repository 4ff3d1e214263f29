manage-title = 관리자
